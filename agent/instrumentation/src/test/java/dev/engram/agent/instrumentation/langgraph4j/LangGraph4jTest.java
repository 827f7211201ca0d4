package dev.engram.agent.instrumentation.langgraph4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.engram.agent.core.ai.OpenStreams;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bsc.async.AsyncGenerator;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.NodeOutput;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code WorkflowsIT} cannot show: ends that the garbage collector brings. */
class LangGraph4jTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void streamThatNobodyReadsOn_endsItsRun_asCancelled() throws Exception {
    WeakReference<Object> stream = readBeginningOf(graph());
    await()
        .until(
            () -> {
              System.gc();
              OpenStreams.beat();
              return stream.refersTo(null) && !runs().isEmpty();
            });

    assertThat(runs()).hasSize(1);
    assertThat(runs().get(0).status()).isEqualTo(SpanStatus.ERROR);
    assertThat(runs().get(0).attributes()).containsEntry("error.type", "cancelled");
  }

  @Test
  void streamThatIsReadSlowly_goesOn() throws Exception {
    AsyncGenerator<NodeOutput<AgentState>> stream = graph().stream(Map.of("amount", 1));
    Iterator<NodeOutput<AgentState>> outputs = stream.iterator();
    outputs.next();
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    await()
        .until(
            () -> {
              System.gc();
              OpenStreams.beat();
              return garbage.refersTo(null);
            });
    assertThat(runs()).isEmpty();

    outputs.forEachRemaining(output -> {});
    assertThat(runs()).hasSize(1);
    assertThat(runs().get(0).status()).isEqualTo(SpanStatus.UNSET);
  }

  private List<SpanRecord> runs() {
    return run.spans().stream().filter(span -> span.category() == Category.WORKFLOW).toList();
  }

  private static WeakReference<Object> readBeginningOf(CompiledGraph<AgentState> graph)
      throws Exception {
    AsyncGenerator<NodeOutput<AgentState>> stream = graph.stream(Map.of("amount", 1));
    stream.iterator().next();
    return new WeakReference<>(stream);
  }

  private static CompiledGraph<AgentState> graph() throws Exception {
    return new StateGraph<AgentState>(AgentState::new)
        .addNode("first", node_async(state -> Map.of("first", true)))
        .addNode("second", node_async(state -> Map.of("second", true)))
        .addEdge(StateGraph.START, "first")
        .addEdge("first", "second")
        .addEdge("second", StateGraph.END)
        .compile();
  }
}
