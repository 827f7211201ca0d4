package dev.engram.agent.core.recall;

import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.decision.PlainText;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.control.Recollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to recall. Immutable.
 *
 * @param kind {@link Recollection#DECISION}, {@link Recollection#NODE} or {@link
 *     Recollection#ERROR}
 * @param workflow empty for all but a node
 * @param input of which no code is run; empty for any
 * @param outcome one of {@link Recollection#OUTCOMES}; null for any
 * @param limit most answers
 */
public record Question(
    String kind,
    String workflow,
    String name,
    List<@Nullable Object> input,
    @Nullable String outcome,
    int limit) {
  /** What the state of a node, and its input, is remembered as. */
  private static final String INPUT = "input";

  public static Question ofDecision(
      String name, List<@Nullable Object> input, @Nullable String outcome, int limit) {
    return new Question(Recollection.DECISION, "", name, input, outcome, limit);
  }

  public static Question ofNode(
      String workflow,
      String name,
      List<@Nullable Object> input,
      @Nullable String outcome,
      int limit) {
    return new Question(Recollection.NODE, workflow, name, input, outcome, limit);
  }

  /** Of what is known against it; none of its methods is called. */
  public static Question ofError(Throwable error, @Nullable String outcome, int limit) {
    String fingerprint = Recollections.fingerprint(error);
    return new Question(Recollection.ERROR, "", fingerprint, List.of(), outcome, limit);
  }

  boolean hasInput() {
    return !input.isEmpty();
  }

  /** Its values as they are compared: texts as they are, all else as JSON, made anew each time. */
  List<String> texts() {
    return input.stream().map(it -> it instanceof String plain ? plain : json(it)).toList();
  }

  /**
   * As it is remembered of the same input; null where that is not known.
   *
   * @param texts of this question
   */
  @Nullable String inputHash(List<String> texts) {
    return kind.equals(Recollection.DECISION) ? hashOfArguments() : hashOfState(texts);
  }

  private @Nullable String hashOfArguments() {
    List<String> texts = new ArrayList<>();
    for (Object value : input) {
      String text = PlainText.of(value);
      if (text == null) {
        return null;
      }
      texts.add(text);
    }
    return Tracing.hashOf(AttributeKey.ENGRAM_DECISION_INPUT_HASH.name(), texts);
  }

  private @Nullable String hashOfState(List<String> texts) {
    return input.size() == 1 && input.get(0) instanceof Map
        ? Tracing.hashOfJson(INPUT, texts.get(0))
        : null;
  }

  /**
   * No map of the application's own is asked for its entries. What an action finds in its state of
   * earlier cases is no input.
   */
  private static String json(@Nullable Object value) {
    return value == null ? "" : WorkflowRun.text(value, Recollections.stateKey());
  }
}
