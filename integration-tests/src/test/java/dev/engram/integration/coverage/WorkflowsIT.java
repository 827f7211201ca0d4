package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.coverage.WorkflowFixture.Call;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way through a graph or a workflow in plain code is a run with its nodes, all of them and no
 * other; and the application notices nothing.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class WorkflowsIT {
  /** What every graph is given under the name of a secret. */
  private static final String SECRET = "s3cret";

  private static final String DECISIONS =
      "SELECT printf('%016x%016x', trace_high, trace_low) AS trace, name.text AS name,"
          + " coalesce((SELECT text FROM word WHERE id = chosen), chosen) AS chosen"
          + " FROM decision JOIN word AS name ON name.id = decision.name ORDER BY arrival";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  WorkflowFixture workflow;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(WorkflowFixture.all(), WorkflowFixture::fixture);
  }

  @Test
  void runs_areRememberedWithTheirNodes() throws IOException, SQLException {
    List<Answer> bare = answers(workflow.fixture().startBare(rig, jdk));
    List<Answer> watched = answers(watched());
    assertThat(watched)
        .extracting(Answer::body)
        .isEqualTo(bare.stream().map(Answer::body).toList());

    Memory memory = rig.memory(jdk).drain();
    List<JsonNode> stored = new ArrayList<>();
    for (int i = 0; i < watched.size(); i++) {
      Call call = workflow.calls().get(i);
      String traceId = watched.get(i).traceId();
      Trace trace = memory.trace(traceId);
      assertThat(trace.toString()).doesNotContain(SECRET);
      List<String> told = new ToldWorkflows(trace).lines();
      assertThat(told).as(call.request()).isEqualTo(call.runs());
      assertThat(decisions(traceId)).as(call.request()).isEqualTo(call.decisions());
      stored.addAll(ModelTraffic.spans(List.of(trace), "workflow", "node"));
    }
    int expected = workflow.calls().stream().mapToInt(call -> call.runs().size()).sum();
    Coverage.ran("Workflows", workflow.fixture(), jdk, expected, stored);
  }

  @Test
  void processThatDiesInANode_leavesWhatWasGoingOn() {
    Child service = watched();
    String traceId = Traffic.newTraceId();
    Traffic traffic = Traffic.toApplication(service);
    CompletableFuture<Void> unanswered =
        CompletableFuture.runAsync(() -> assertUnanswered(traffic, traceId));
    service.awaitLine(Pattern.compile("inside"));
    service.kill();
    unanswered.join();

    Trace trace = rig.memory(jdk).drain().trace(traceId);
    assertThat(new ToldWorkflows(trace).lines()).isEqualTo(workflow.hanging());
    assertThat(trace.toString()).doesNotContain(SECRET);
    List<JsonNode> nodes = trace.spans("node");
    assertThat(nodes.get(nodes.size() - 1).path("attributes").path("input").asText())
        .as("input of the node that was going on")
        .startsWith("{")
        .contains("7");
  }

  private void assertUnanswered(Traffic traffic, String traceId) {
    try {
      Answer answer = traffic.send(traceId, "GET", workflow.hang(), BodyPublishers.noBody());
      throw new AssertionError("it was answered: " + answer);
    } catch (IOException | RuntimeException dead) {
      assertThat(dead.toString()).isNotEmpty();
    }
  }

  private Child watched() {
    return workflow.fixture().start(rig, jdk, workflow.options().toArray(String[]::new));
  }

  private List<Answer> answers(Child service) throws IOException {
    Traffic traffic = Traffic.toApplication(service);
    List<Answer> answers = new ArrayList<>();
    for (Call call : workflow.calls()) {
      String traceId = Traffic.newTraceId();
      Answer answer = traffic.send(traceId, "GET", call.request(), BodyPublishers.noBody());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      answers.add(answer);
    }
    service.stop();
    return answers;
  }

  private List<String> decisions(String traceId) throws SQLException {
    List<String> decisions = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + rig.home().resolve("store/engram.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DECISIONS)) {
      while (rows.next()) {
        if (rows.getString("trace").equals(traceId)) {
          decisions.add(rows.getString("name") + " -> " + rows.getString("chosen"));
        }
      }
    }
    return decisions;
  }
}
