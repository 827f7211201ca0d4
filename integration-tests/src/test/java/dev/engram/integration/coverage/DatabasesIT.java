package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.coverage.Databases.DatabaseFixture;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Postgres;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements, batches and the ends of transactions are spans below the request they were made in;
 * pools are read by their names; and the application is answered what it is without the agent.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class DatabasesIT {
  private static final Postgres POSTGRES = new Postgres();

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  DatabaseFixture database;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(Databases.all(), DatabaseFixture::fixture);
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void whatARequestDoes_isBelowIt_andItsAnswerIsTheSame() throws IOException {
    Child service =
        database
            .fixture()
            .start(rig, jdk, "-Dacme.url=" + url("watched"), "-Dengram.readings.interval=1s");
    Map<String, Answer> answers = ask(service);
    assertPoolsAreRead();
    service.stop();
    rig.stopCollectors();

    Trace trace = rig.memory(jdk).drain().trace(answers.values().iterator().next().traceId());
    List<JsonNode> spans = assertBelowRequests(trace);
    int stored = spans.size();
    assertThat(trace.statements()).noneMatch(text -> text.contains("secret"));
    if (database.pool() != null) {
      assertSameAsBare(answers);
      assertJdbc(trace, answers);
      assertNoValueIsTold(trace);
      Coverage.ran("Connection pools", database.pool(), jdk, stored, stored);
    }
    Coverage.ran("Databases", database.fixture(), jdk, stored, spans);
  }

  private String url(String run) {
    return switch (database.scheme()) {
      case "postgresql" -> POSTGRES.newDatabase();
      case "sqlite" -> "jdbc:sqlite:" + rig.folder().resolve(run + ".db");
      default -> "jdbc:h2:mem:shop";
    };
  }

  /** Every route once, in one trace. */
  private Map<String, Answer> ask(Child service) throws IOException {
    Traffic traffic = Traffic.toApplication(service);
    String traceId = Traffic.newTraceId();
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (String path : database.spans().keySet()) {
      answers.put(path, traffic.send(traceId, "GET", path, BodyPublishers.noBody()));
    }
    return answers;
  }

  /** What drivers do with odd calls is theirs; mappers only call them. */
  private void assertSameAsBare(Map<String, Answer> answers) throws IOException {
    Child bare = database.fixture().startBare(rig, jdk, "-Dacme.url=" + url("bare"));
    Map<String, Answer> expected = ask(bare);
    bare.stop();
    assertThat(answers)
        .allSatisfy(
            (path, answer) ->
                assertThat(answer.body()).as(path).isEqualTo(expected.get(path).body()));
  }

  private void assertPoolsAreRead() {
    if (database.pool() == null) {
      return;
    }
    rig.collector(jdk);
    Memory memory = rig.memory(jdk);
    await("pools are read")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(pool(memory, "busy"))
                  .containsEntry("db.client.connection.count used", 1.0)
                  .containsEntry("db.client.connection.count idle", 0.0)
                  .containsEntry("db.client.connection.pending_requests", 1.0)
                  .containsEntry("db.client.connection.max", 1.0);
              assertThat(pool(memory, "shop"))
                  .containsEntry("db.client.connection.count used", 0.0)
                  .containsEntry("db.client.connection.pending_requests", 0.0)
                  .containsEntry("db.client.connection.max", 4.0)
                  .hasEntrySatisfying(
                      "db.client.connection.count idle", idle -> assertThat(idle).isPositive());
            });
  }

  /** The last readings of a pool whose name holds this one, by metric and state. */
  private static Map<String, Double> pool(Memory memory, String name) {
    Map<String, Double> last = new LinkedHashMap<>();
    for (JsonNode metric : memory.metrics()) {
      JsonNode attributes = metric.path("attributes");
      if (attributes.path("db.client.connection.pool.name").asText().contains(name)) {
        String state = attributes.path("db.client.connection.state").asText();
        last.put(
            (metric.path("name").asText() + " " + state).strip(), metric.path("last").asDouble());
      }
    }
    return last;
  }

  private List<JsonNode> assertBelowRequests(Trace trace) {
    List<JsonNode> stored = new ArrayList<>();
    for (Map.Entry<String, List<String>> route : database.spans().entrySet()) {
      List<JsonNode> spans = below(trace, route.getKey());
      assertThat(spans)
          .as(route.getKey())
          .extracting(span -> span.path("name").asText())
          .isEqualTo(route.getValue());
      assertThat(spans)
          .allSatisfy(
              span -> assertThat(attribute(span, "db.system.name")).isEqualTo(database.system()));
      stored.addAll(spans);
    }
    return stored;
  }

  private void assertJdbc(Trace trace, Map<String, Answer> answers) {
    JsonNode batch = below(trace, "/batch").get(0);
    assertThat(attribute(batch, "db.operation.batch.size")).isEqualTo("3");
    assertThat(attribute(batch, "engram.db.update_count")).isEqualTo("3");
    if (database.spans().containsKey("/large-batch")) {
      assertLarge(below(trace, "/large-batch").get(0), below(trace, "/large-update").get(0));
    }
    assertThat(attribute(below(trace, "/huge").get(0), "db.query.text"))
        .isEqualTo("SELECT id FROM orders WHERE name = ?...");
    assertTransaction(below(trace, "/commit"));
    if (database.spans().containsKey("/left-open")) {
      assertTransaction(below(trace, "/left-open"));
    }
    assertFailure(below(trace, "/duplicate").get(0), answers.get("/duplicate"));
    assertFailure(below(trace, "/failing-batch").get(0), answers.get("/failing-batch"));
  }

  /** Neither by a driver in its messages, nor by anything else. */
  private static void assertNoValueIsTold(Trace trace) {
    assertThat(trace.exceptions()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(trace.exceptions())
        .extracting(Trace::message)
        .anyMatch(message -> message.toLowerCase(Locale.ROOT).contains("nowhere"));
    assertThat(trace.toString()).doesNotContain("secret").doesNotContain("271828");
  }

  private static void assertLarge(JsonNode batch, JsonNode update) {
    assertThat(attribute(batch, "db.operation.batch.size")).isEqualTo("2");
    assertThat(attribute(batch, "engram.db.update_count")).isEqualTo("4");
    assertThat(attribute(update, "engram.db.update_count")).isEqualTo("2");
  }

  /** It was open from its first statement, whatever came between that and its end. */
  private static void assertTransaction(List<JsonNode> spans) {
    JsonNode end = spans.get(spans.size() - 1);
    long between =
        spans.subList(1, spans.size() - 1).stream()
            .mapToLong(span -> span.path("duration_ns").asLong())
            .sum();
    assertThat(end.path("attributes").path("engram.db.transaction.duration").asLong())
        .as("%s", end)
        .isPositive()
        .isGreaterThanOrEqualTo(between);
  }

  private static void assertFailure(JsonNode span, Answer answer) {
    String state = answer.body().substring(answer.body().indexOf(' ') + 1);
    assertThat(span.path("status").asText()).isEqualTo("error");
    assertThat(attribute(span, "db.response.status_code"))
        .isEqualTo(state.equals("null") ? "" : state);
    assertThat(attribute(span, "error.type")).isEqualTo(answer.body().split(" ")[0]);
  }

  /** What was remembered of the database below the request of this path. */
  private static List<JsonNode> below(Trace trace, String path) {
    JsonNode request =
        trace.spans("http").stream()
            .filter(span -> attribute(span, "url.path").equals(path))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + path + " in " + trace));
    return trace.spans("sql").stream()
        .filter(span -> span.path("parent_span_id").equals(request.path("span_id")))
        .filter(span -> span.path("kind").asText().equalsIgnoreCase("CLIENT"))
        .toList();
  }

  private static String attribute(JsonNode span, String name) {
    return span.path("attributes").path(name).asText();
  }
}
