package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.DecidingApp;
import com.acme.RatedApp;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service decided, and what became of it, told by the service and by people. */
@Tag("full")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#all")
class DecisionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void decisions_areFoundByWhatBecameOfThem() throws IOException {
    Child app =
        rig.java("app", jdk)
            .agent()
            .options("-Dengram.correlation.keys=order_id")
            .applicationWithApi(DecidingApp.class)
            .start();
    assertThat(app.awaitExit()).as(app::describe).isZero();
    Memory memory = rig.memory(jdk).drain();

    List<JsonNode> failures = list(memory, "--outcome", "failure");
    assertThat(failures).hasSize(DecidingApp.TOLD);
    assertThat(failures)
        .allSatisfy(it -> assertThat(it.path("outcome_source").asText()).isEqualTo("told"));
    assertThat(list(memory, "--outcome", "success")).hasSize(DecidingApp.ORDERS - DecidingApp.TOLD);
    JsonNode first = byOrder(list(memory), "order-0");
    assertDecision(first);

    tell(memory, first);
    assertSummary(lines(memory.run("decisions", "--json")).get(0));
    memory.assertSettled();
  }

  /** By requests of the application that are configured to be feedback. */
  @Test
  void ratings_areFeedbackOnWhatTheyAreAbout() {
    Child app =
        rig.java("app", jdk)
            .agent()
            .options(
                "-Dengram.feedback.endpoints=POST /ratings score:thumb,"
                    + " POST /ratings/{order_id}/{label}",
                "-Dengram.correlation.keys=order_id")
            .applicationWithApi(RatedApp.class)
            .start();
    Traffic traffic = Traffic.toApplication(app);
    Answer asked = traffic.post("/orders", "order-1");
    traffic.post("/orders", "order-2");
    traffic.post(
        "/ratings",
        "{\"trace_id\":\""
            + asked.traceId()
            + "\",\"thumb\":\"up\",\"comment\":\"password=hunter2\"}");
    traffic.post("/ratings/order-2/refunded", "");
    app.stop();
    Memory memory = rig.memory(jdk).drain();

    JsonNode first = byOrder(list(memory), "order-1").path("feedback");
    assertThat(first).hasSize(1);
    assertThat(first.get(0).path("target").asText()).isEqualTo("trace");
    assertThat(first.get(0).path("score").asDouble()).isEqualTo(1);
    assertThat(first.get(0).path("comment").asText()).isEqualTo("password=[redacted]");
    JsonNode second = byOrder(list(memory), "order-2").path("feedback");
    assertThat(second).hasSize(1);
    assertThat(second.get(0).path("label").asText()).isEqualTo("refunded");
    memory.assertSettled();
  }

  private static void assertDecision(JsonNode it) {
    assertThat(it.path("name").asText()).isEqualTo("route order");
    assertThat(it.path("chosen").asText()).isEqualTo("fast");
    assertThat(it.path("options").toString()).isEqualTo("[\"fast\",\"slow\"]");
    assertThat(it.path("confidence").asDouble()).isEqualTo(0.95);
    assertThat(it.path("reasoning").get(0).asText()).isEqualTo("order 0 is small");
    assertThat(it.path("reasoning").get(1).asText()).doesNotContain("hunter2");
    assertThat(it.path("attributes").path("gen_ai.request.model").asText()).isEqualTo("rules-1");
    assertThat(it.path("attributes").path("engram.correlation.order_id").asText())
        .isEqualTo("order-0");
    assertThat(it.path("feedback").get(0).path("label").asText()).isEqualTo("helpful");
  }

  /** Over HTTP and otherwise while a collector serves the home, then without one. */
  private void tell(Memory memory, JsonNode first) throws IOException {
    Child collector = rig.java("collect", jdk).commandLine("collect").start();
    String url =
        collector
            .awaitLine(Pattern.compile("^engram: collecting into .*, HTTP on (http://\\S+) "))
            .group(1);
    String id = first.path("decision_id").asText();
    assertThat(post(url, "{\"decision\":\"" + id + "\",\"label\":\"unknown\",\"author\":\"ci\"}"))
        .isEqualTo(202);
    assertRemembered(memory.run("outcome", id, "partial", "--author", "ada"));
    collector.stop();
    assertRemembered(memory.run("outcome", "order_id=order-0", "failure", "--author", "ada"));
    assertRemembered(memory.run("feedback", "decision", id, "--score", "0"));

    JsonNode judged = lines(memory.run("decisions", "show", id, "--json")).get(0);
    assertThat(judged.path("outcome").asText()).isEqualTo("failure");
    assertThat(judged.path("told").findValuesAsText("author"))
        .containsExactly("billing", "ci", "ada");
    assertThat(judged.path("feedback")).hasSize(2);
  }

  /** The status of the answer. */
  private int post(String url, String outcome) throws IOException {
    JsonNode collector = JSON.readTree(rig.home().resolve("collector.json").toFile());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/outcomes"))
            .header("Authorization", "Bearer " + collector.path("token").asText())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(outcome))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private static void assertRemembered(Child told) {
    assertThat(told.awaitExit()).as(told::describe).isZero();
    assertThat(told.out().get(0)).startsWith("remembered: ");
  }

  /** Of the first order the outcome was corrected: 29 of 40 succeeded. */
  private static void assertSummary(JsonNode it) {
    assertThat(it.path("count").asInt()).isEqualTo(DecidingApp.ORDERS);
    assertThat(it.path("told").asInt()).isEqualTo(2 * DecidingApp.TOLD);
    assertThat(it.path("coverage").asDouble()).isEqualTo(1);
    assertThat(it.path("successes").asInt()).isEqualTo(29);
    JsonNode calibration = it.path("calibration");
    assertThat(calibration.path("verdict").asText()).isEqualTo("overconfident");
    assertThat(calibration.path("ece").asDouble()).isBetween(0.2249, 0.2251);
    assertThat(calibration.path("bins").get(0).path("of").asInt()).isEqualTo(DecidingApp.ORDERS);
  }

  private static JsonNode byOrder(List<JsonNode> decisions, String order) {
    return decisions.stream()
        .filter(it -> it.path("correlations").path("order_id").asText().equals(order))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no decision of " + order));
  }

  private static List<JsonNode> list(Memory memory, String... filter) {
    List<String> words = new ArrayList<>(List.of("decisions", "list", "--json", "--limit", "1000"));
    words.addAll(List.of(filter));
    return lines(memory.run(words.toArray(String[]::new)));
  }

  private static List<JsonNode> lines(Child child) {
    assertThat(child.awaitExit()).as(child::describe).isZero();
    return child.out().stream().map(DecisionsIT::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(line, noJson);
    }
  }
}
