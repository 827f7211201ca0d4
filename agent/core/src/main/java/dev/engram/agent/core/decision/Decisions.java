package dev.engram.agent.core.decision;

import static dev.engram.agent.core.capture.CapturedDecision.CORRELATION;

import dev.engram.agent.core.capture.CapturedDecision;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.record.AttributeKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entry of instrumentations that know of decisions. Thread-safe; no method throws. */
public final class Decisions {
  public static final String ANNOTATION = "annotation";
  public static final String ANSWER = "answer";
  public static final String ROUTING = "routing";

  private static final String MODEL = "gen_ai.request.model";
  private static final String PROMPT = "engram.ai.prompt.hash";
  private static final String WORKFLOW = "gen_ai.workflow.name";
  private static final String NODE = "engram.workflow.node.name";
  private static final String AGENT = "gen_ai.agent.name";
  private static final int LONGEST_VALUE = 256;

  private static volatile List<String> correlationKeys = List.of();
  private static volatile AnswerNames answerNames = AnswerNames.DEFAULT;

  private Decisions() {}

  /** Before the first is recorded. */
  public static void start(Configuration configuration) {
    correlationKeys = List.copyOf(configuration.list(Settings.CORRELATION_KEYS));
    answerNames = AnswerNames.of(configuration);
  }

  /** Names of correlation keys that are to be looked for. */
  public static List<String> correlationKeys() {
    return correlationKeys;
  }

  /**
   * Records a decision in the current span.
   *
   * @param origin {@link #ANNOTATION}, {@link #ANSWER} or {@link #ROUTING}
   */
  public static void record(String name, Choice choice, String origin, Surrounding around) {
    record(name, choice, origin, around, Map.of(), Tracing.current());
  }

  /**
   * The same.
   *
   * @param correlations values by the name of their key, beside those that the span has
   * @param span it was made in, or null
   */
  public static void record(
      String name,
      Choice choice,
      String origin,
      Surrounding around,
      Map<String, String> correlations,
      @Nullable OpenSpan span) {
    try {
      Map<String, Object> attributes = new LinkedHashMap<>();
      attributes.put(AttributeKey.ENGRAM_DECISION_ORIGIN.name(), origin);
      put(attributes, MODEL, around.model(), span);
      put(attributes, PROMPT, around.promptHash(), span);
      put(attributes, WORKFLOW, around.workflow(), span);
      put(attributes, NODE, around.node(), span);
      for (String key : correlationKeys) {
        put(attributes, CORRELATION + key, correlations.get(key), span, key);
      }
      Tracing.decision(
          new CapturedDecision(
              name,
              choice.options(),
              choice.chosen(),
              choice.confidence(),
              choice.source(),
              choice.reasoning(),
              around.inputs(),
              attributes),
          span);
    } catch (Throwable failure) {
      Tracing.failed();
    }
  }

  /**
   * Records what a model decided, where its answer is JSON with a choice and a confidence or a
   * reason; any other answer is none. The current span is that of the call.
   *
   * @param answer the whole text; JSON may stand in a fenced block
   * @param around its name, or else its node, its agent, or else its model names the decision
   */
  public static void ofAnswer(@Nullable String answer, Surrounding around) {
    ofAnswer(answer, around, Tracing.current());
  }

  /**
   * The same.
   *
   * @param span of the call, or null
   */
  public static void ofAnswer(
      @Nullable String answer, Surrounding around, @Nullable OpenSpan span) {
    try {
      Choice choice = answer == null ? null : answerNames.read(answer);
      if (choice != null) {
        record(nameOf(around, span), choice, ANSWER, around, Map.of(), span);
      }
    } catch (Throwable failure) {
      Tracing.failed();
    }
  }

  private static String nameOf(Surrounding around, @Nullable OpenSpan span) {
    return Stream.of(
            around.name(),
            known(around.node(), NODE, span),
            known(null, AGENT, span),
            known(around.model(), MODEL, span))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(ANSWER);
  }

  /**
   * Records which way was taken: an edge of a graph, a tool of several, a step of a plan.
   *
   * @param name few different ones, such as {@code after triage}
   * @param options where it could have gone; empty when unknown
   * @param reason null when unknown
   */
  public static void routing(
      String name,
      List<String> options,
      @Nullable String chosen,
      @Nullable String reason,
      Surrounding around) {
    routing(name, options, chosen, reason, around, Tracing.current());
  }

  /**
   * The same.
   *
   * @param span it was decided in, or null
   */
  public static void routing(
      String name,
      List<String> options,
      @Nullable String chosen,
      @Nullable String reason,
      Surrounding around,
      @Nullable OpenSpan span) {
    if (chosen == null) {
      return;
    }
    try {
      List<String> steps = reason == null ? List.of() : List.of(reason);
      Choice choice = new Choice(options, chosen, Double.NaN, "", steps);
      record(name, choice, ROUTING, around, Map.of(), span);
    } catch (Throwable failure) {
      Tracing.failed();
    }
  }

  /** Says under which value decisions of the current request are found. */
  public static void correlate(String key, String value) {
    OpenSpan span = Tracing.current();
    if (span != null && !key.isEmpty() && value.length() <= LONGEST_VALUE) {
      span.put(AttributeKey.of(CORRELATION + key), value);
    }
  }

  private static void put(
      Map<String, Object> attributes,
      String name,
      @Nullable String given,
      @Nullable OpenSpan span) {
    put(attributes, name, given, span, name);
  }

  private static void put(
      Map<String, Object> attributes,
      String name,
      @Nullable String given,
      @Nullable OpenSpan span,
      String nameInSpan) {
    String value = known(given, nameInSpan, span);
    if (value != null && !value.isEmpty()) {
      attributes.put(name, value);
    }
  }

  private static @Nullable String known(
      @Nullable String given, String name, @Nullable OpenSpan span) {
    return given != null || span == null ? given : span.text(AttributeKey.of(name));
  }
}
