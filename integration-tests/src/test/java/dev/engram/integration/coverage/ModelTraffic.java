package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import dev.engram.integration.provider.Asked;
import dev.engram.integration.provider.ModelProvider;
import dev.engram.integration.provider.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests to an application that asks models, and the traces they left. The application answers
 * with all it sees of its models, once without the agent and once with it.
 */
final class ModelTraffic {
  private final Map<String, Trace> traces = new LinkedHashMap<>();
  private final Map<String, Integer> known = new LinkedHashMap<>();

  /**
   * Runs it; what the application saw must be the same.
   *
   * @param routes what each is asked; behind a {@code ?} stands why
   */
  ModelTraffic(Rig rig, Fixture fixture, Jdk jdk, Map<String, String> routes) throws IOException {
    Map<String, Answer> bare;
    Map<String, Answer> answers;
    try (ModelProvider provider = new ModelProvider(0)) {
      Child service = fixture.startBare(rig, jdk, "-Dprovider=" + provider.url());
      bare = ask(Traffic.toApplication(service), routes, provider);
      service.stop();
      service = fixture.start(rig, jdk, "-Dprovider=" + provider.url());
      answers = ask(Traffic.toApplication(service), routes, provider);
      service.stop();
    }
    assertThat(bodies(answers)).isEqualTo(bodies(bare));
    Memory memory = rig.memory(jdk).drain();
    answers.forEach((route, answer) -> traces.put(route, memory.trace(answer.traceId())));
  }

  Trace of(String route) {
    return traces.get(route);
  }

  /** The spans of calls, agents and retrievals of a route. */
  List<JsonNode> calls(String route) {
    return of(route).spans("ai");
  }

  /** The one of a route. */
  JsonNode call(String route) {
    assertThat(calls(route)).as(of(route).toString()).hasSize(1);
    return calls(route).get(0);
  }

  /** Those of some routes, and of tools. */
  List<JsonNode> spans(Set<String> routes) {
    return spans(routes.stream().map(this::of).toList(), "ai", "tool");
  }

  /** How many of these spans there are of what the provider knows: see {@link #known(List)}. */
  int known(Set<String> routes) {
    return routes.stream().mapToInt(known::get).sum();
  }

  /**
   * How many calls of models and tools these are: each question once, however often it was tried,
   * and each call of a tool that its answer asks for.
   *
   * @param asked of one route: others may ask the same once more
   */
  static int known(List<Asked> asked) {
    Map<JsonNode, Asked> questions = new LinkedHashMap<>();
    asked.forEach(it -> questions.put(it.request(), it));
    return questions.values().stream().mapToInt(it -> 1 + Reply.to(it).calls().size()).sum();
  }

  /** Those of some categories. */
  static List<JsonNode> spans(Collection<Trace> traces, String... categories) {
    List<JsonNode> spans = new ArrayList<>();
    for (Trace trace : traces) {
      for (String category : categories) {
        spans.addAll(trace.spans(category));
      }
    }
    return spans;
  }

  static String output(JsonNode span) {
    return Trace.payload(span, "gen_ai.output.messages");
  }

  static String input(JsonNode span) {
    return Trace.payload(span, "gen_ai.input.messages");
  }

  static String text(JsonNode span, String attribute) {
    return span.path("attributes").path(attribute).asText();
  }

  static long number(JsonNode span, String attribute) {
    return span.path("attributes").path(attribute).asLong(-1);
  }

  private Map<String, Answer> ask(
      Traffic traffic, Map<String, String> routes, ModelProvider provider) throws IOException {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (Map.Entry<String, String> route : routes.entrySet()) {
      String path = route.getKey().replaceFirst("\\?.*", "");
      String query = URLEncoder.encode(route.getValue(), StandardCharsets.UTF_8);
      int before = provider.asked().size();
      answers.put(
          route.getKey(),
          traffic.send(Traffic.newTraceId(), "GET", path + "?" + query, BodyPublishers.noBody()));
      List<Asked> asked = provider.asked();
      known.put(route.getKey(), known(asked.subList(before, asked.size())));
    }
    return answers;
  }

  private static Map<String, String> bodies(Map<String, Answer> answers) {
    Map<String, String> bodies = new LinkedHashMap<>();
    answers.forEach((route, answer) -> bodies.put(route, answer.status() + " " + answer.body()));
    return bodies;
  }
}
