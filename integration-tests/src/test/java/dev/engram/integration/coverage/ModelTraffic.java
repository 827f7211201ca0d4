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
import dev.engram.integration.provider.ModelProvider;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests to an application that asks models, and the traces they left. The application answers
 * with all it sees of its models, once without the agent and once with it.
 */
final class ModelTraffic {
  private final Map<String, Trace> traces = new LinkedHashMap<>();

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
      bare = ask(Traffic.toApplication(service), routes);
      service.stop();
      service = fixture.start(rig, jdk, "-Dprovider=" + provider.url());
      answers = ask(Traffic.toApplication(service), routes);
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

  /** Those of all routes. */
  List<JsonNode> spans() {
    return spans(traces.values(), "ai", "tool");
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

  private static Map<String, Answer> ask(Traffic traffic, Map<String, String> routes)
      throws IOException {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (Map.Entry<String, String> route : routes.entrySet()) {
      String path = route.getKey().replaceFirst("\\?.*", "");
      String query = URLEncoder.encode(route.getValue(), StandardCharsets.UTF_8);
      answers.put(
          route.getKey(),
          traffic.send(Traffic.newTraceId(), "GET", path + "?" + query, BodyPublishers.noBody()));
    }
    return answers;
  }

  private static Map<String, String> bodies(Map<String, Answer> answers) {
    Map<String, String> bodies = new LinkedHashMap<>();
    answers.forEach((route, answer) -> bodies.put(route, answer.status() + " " + answer.body()));
    return bodies;
  }
}
