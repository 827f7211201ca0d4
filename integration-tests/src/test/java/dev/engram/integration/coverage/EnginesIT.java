package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an engine runs is a run with its nodes, all of them and no other, in the trace of the
 * request that it runs in or in one of its own; and the application notices nothing.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class EnginesIT {
  /** What the applications give their runs under names of secrets. */
  private static final String SECRET = "s3cret";

  private static final String TRACES =
      "SELECT printf('%016x%016x', trace_high, trace_low) AS trace FROM span"
          + " JOIN word ON word.id = span.category WHERE word.text IN ('workflow', 'node')"
          + " GROUP BY trace ORDER BY min(arrival)";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  EngineFixture engine;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(EngineFixture.all(), EngineFixture::fixture);
  }

  @Test
  void runs_areRememberedWithTheirNodes() throws IOException, SQLException {
    List<String> bare = answers(engine.fixture().startBare(rig, jdk, "-Xmx512m"));
    List<String> watched = answers(engine.fixture().start(rig, jdk, "-Xmx512m"));
    assertThat(watched).isEqualTo(bare);

    Memory memory = rig.memory(jdk).drain();
    List<List<String>> told = new ArrayList<>();
    List<JsonNode> spans = new ArrayList<>();
    for (String traceId : traceIds()) {
      Trace trace = memory.trace(traceId);
      assertThat(trace.toString()).doesNotContain(SECRET);
      told.add(new ToldRuns(trace).lines());
      spans.addAll(ModelTraffic.spans(List.of(trace), "workflow", "node"));
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(engine.traces());
    Coverage.ran("Workflow engines", engine.fixture(), jdk, count(engine.traces()), spans);
  }

  private List<String> answers(Child service) throws IOException {
    Traffic traffic = Traffic.toApplication(service);
    List<String> answers = new ArrayList<>();
    for (String request : engine.requests()) {
      Answer answer = traffic.send(Traffic.newTraceId(), "GET", request, BodyPublishers.noBody());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      answers.add(answer.body());
    }
    service.stop();
    return answers;
  }

  /** Runs that no request asked for have traces that only the store knows. */
  private List<String> traceIds() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + rig.home().resolve("store/engram.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TRACES)) {
      while (rows.next()) {
        ids.add(rows.getString("trace"));
      }
    }
    return ids;
  }

  private static int count(List<List<String>> traces) {
    return traces.stream().mapToInt(List::size).sum();
  }

  /** The runs and nodes of a trace, as a tree. */
  private static final class ToldRuns {
    private final List<JsonNode> requests;
    private final List<JsonNode> spans;
    private final List<String> lines = new ArrayList<>();

    ToldRuns(Trace trace) {
      this.requests = trace.spans("http");
      this.spans = new ArrayList<>(trace.spans("workflow"));
      spans.addAll(trace.spans("node"));
      spans.sort(Comparator.comparing(span -> span.path("start").asText()));
    }

    List<String> lines() {
      for (JsonNode span : spans) {
        if (spans.stream().noneMatch(other -> isBelow(span, other))) {
          boolean requested = requests.stream().anyMatch(request -> isBelow(span, request));
          tell(span, requested ? "request " : "");
        }
      }
      return lines;
    }

    private void tell(JsonNode span, String prefix) {
      lines.add(prefix + told(span));
      String indent = prefix.replace("request ", "") + "  ";
      spans.stream().filter(other -> isBelow(other, span)).forEach(other -> tell(other, indent));
    }

    private static boolean isBelow(JsonNode span, JsonNode other) {
      return span.path("parent_span_id").equals(other.path("span_id"));
    }

    private static String told(JsonNode span) {
      JsonNode attributes = span.path("attributes");
      StringBuilder told = new StringBuilder(span.path("category").asText());
      told.append(' ').append(span.path("name").asText());
      add(attributes, "", "engram.workflow.node.attempt", told);
      if (!attributes.has("engram.workflow.node.attempt")) {
        String id = attributes.path("engram.workflow.run.id").asText().replaceAll("@20.*", "");
        told.append(' ').append(id.contains("#") ? id : id.isEmpty() ? "no run id" : "*");
      }
      add(attributes, "from ", "engram.workflow.transition.from", told);
      add(attributes, "because ", "engram.workflow.transition.reason", told);
      add(attributes, "", "engram.batch.exit_code", told);
      add(attributes, "read ", "engram.batch.read_count", told);
      add(attributes, "write ", "engram.batch.write_count", told);
      add(attributes, "skip ", "engram.batch.skip_count", told);
      add(attributes, "", "error.type", told);
      return told.toString();
    }

    private static void add(JsonNode attributes, String label, String name, StringBuilder told) {
      if (attributes.has(name)) {
        told.append(' ').append(label).append(attributes.path(name).asText());
      }
    }
  }
}
