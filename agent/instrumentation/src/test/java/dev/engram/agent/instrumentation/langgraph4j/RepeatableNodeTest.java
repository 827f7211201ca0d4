package dev.engram.agent.instrumentation.langgraph4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.bsc.langgraph4j.action.AsyncEdgeAction.edge_async;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.Fingerprint;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bsc.langgraph4j.CompileConfig;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.checkpoint.Checkpoint;
import org.bsc.langgraph4j.checkpoint.MemorySaver;
import org.bsc.langgraph4j.state.AgentState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The action of a node that {@code engram.heal.nodes} names, and of one that it does not. */
class RepeatableNodeTest {
  private static final InAppFrames IN_APP = name -> name.startsWith("dev.engram.");

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final AtomicInteger runs = new AtomicInteger();
  private OpenSpan request;

  @BeforeEach
  void begin() {
    Healing.start(IN_APP, HealLevel.OBSERVE);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "/")).enter();
  }

  @AfterEach
  void stop() {
    request.leave();
    request.end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
  }

  @Test
  void declaredNode_runsAgain_andIsOneNode() throws Exception {
    assertThatThrownBy(() -> walk("repeatable")).hasRootCauseInstanceOf(IOException.class);
    RemedyAttemptRecord observed = run.all(RemedyAttemptRecord.class).findFirst().orElseThrow();
    assertThat(observed.remedyId()).startsWith("retry node ").endsWith("/repeatable");
    long before = nodes();
    heal(observed);
    runs.set(0);

    assertThat(walk("repeatable")).containsEntry("run", 2);
    assertThat(nodes() - before).isEqualTo(1);
    assertThat(run.all(RemedyAttemptRecord.class).skip(1))
        .extracting(RemedyAttemptRecord::result)
        .containsExactly("resolved");
  }

  @Test
  void otherNode_isLeftAlone() {
    assertThatThrownBy(() -> walk("once")).hasRootCauseInstanceOf(IOException.class);

    assertThat(run.all(RemedyAttemptRecord.class)).isEmpty();
  }

  @Test
  void failureOfTheEdge_isNotTheNodes() throws Exception {
    StateGraph<AgentState> graph =
        graph(Map.of("count", 1))
            .addConditionalEdges(
                "repeatable", edge_async(state -> failAlways()), Map.of("end", StateGraph.END));

    assertActionRunsOnce(graph.compile());
  }

  @Test
  void failureOfTheEdge_isNotTheNodes_whoseUpdateIsEmpty() throws Exception {
    StateGraph<AgentState> graph =
        graph(Map.of())
            .addConditionalEdges(
                "repeatable", edge_async(state -> failAlways()), Map.of("end", StateGraph.END));

    assertActionRunsOnce(graph.compile());
  }

  @Test
  void failureOfTheSaver_isNotTheNodes() throws Exception {
    MemorySaver saver =
        new MemorySaver() {
          @Override
          protected void insertedCheckpoint(
              RunnableConfig config, LinkedList<Checkpoint> checkpoints, Checkpoint checkpoint)
              throws Exception {
            if (runs.get() > 0) {
              failAlways();
            }
          }
        };
    CompileConfig config = CompileConfig.builder().checkpointSaver(saver).build();

    assertActionRunsOnce(
        graph(Map.of("count", 1)).addEdge("repeatable", StateGraph.END).compile(config));
  }

  /** Also where a remedy is in force for the failure. */
  private void assertActionRunsOnce(CompiledGraph<AgentState> graph) {
    Throwable failure = catchThrowable(() -> graph.invoke(Map.of("amount", 1)));
    assertThat(failure).hasRootCauseInstanceOf(IOException.class);
    assertThat(runs).hasValue(1);
    assertThat(run.all(RemedyAttemptRecord.class)).isEmpty();
    runs.set(0);
    heal("retry node " + node(), fingerprint(failure));

    assertThatThrownBy(() -> graph.invoke(Map.of("amount", 1)))
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(runs).hasValue(1);
    assertThat(run.all(RemedyAttemptRecord.class)).isEmpty();
  }

  private StateGraph<AgentState> graph(Map<String, Object> update) throws Exception {
    return new StateGraph<AgentState>(AgentState::new)
        .addNode(
            "repeatable",
            node_async(
                state -> {
                  runs.incrementAndGet();
                  return update;
                }))
        .addEdge(StateGraph.START, "repeatable");
  }

  private static String failAlways() throws IOException {
    throw new IOException("not now");
  }

  private Map<String, Object> walk(String node) throws Exception {
    return new StateGraph<AgentState>(AgentState::new)
        .addNode(node, node_async(state -> failOnce()))
        .addEdge(StateGraph.START, node)
        .addEdge(node, StateGraph.END)
        .compile()
        .invoke(Map.of("amount", 1))
        .orElseThrow()
        .data();
  }

  private Map<String, Object> failOnce() throws IOException {
    if (runs.incrementAndGet() == 1) {
      throw new IOException("not now");
    }
    return Map.of("run", runs.get());
  }

  private static void heal(RemedyAttemptRecord observed) {
    heal(observed.remedyId(), observed.fingerprint());
  }

  private static void heal(String action, long fingerprint) {
    Healing.level(HealLevel.AUTO);
    Remedy remedy =
        new Remedy("R-000000000005", action, fingerprint, Remedy.State.ACTIVE, 1, 2, 1, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  private static long fingerprint(Throwable failure) {
    Throwable ofTheAction = Objects.requireNonNull(LangGraph4jCapture.unwrapped(failure));
    return Fingerprint.of(Objects.requireNonNull(Tracing.shapeOf(ofTheAction)), IN_APP);
  }

  private long nodes() {
    return nodeSpans().count();
  }

  private String node() {
    SpanRecord node = nodeSpans().findFirst().orElseThrow();
    return node.attributes().get("gen_ai.workflow.name") + "/repeatable";
  }

  private Stream<SpanRecord> nodeSpans() {
    return run.all(SpanRecord.class).filter(it -> it.category() == Category.NODE);
  }
}
