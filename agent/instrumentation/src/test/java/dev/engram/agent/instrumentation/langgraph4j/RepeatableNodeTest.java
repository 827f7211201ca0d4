package dev.engram.agent.instrumentation.langgraph4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.state.AgentState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The action of a node that {@code engram.heal.nodes} names, and of one that it does not. */
class RepeatableNodeTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final AtomicInteger runs = new AtomicInteger();
  private OpenSpan request;

  @BeforeEach
  void begin() {
    Healing.start(name -> name.startsWith("dev.engram."), HealLevel.OBSERVE);
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
    Healing.level(HealLevel.AUTO);
    Remedy remedy =
        new Remedy(
            "R-000000000005",
            observed.remedyId(),
            observed.fingerprint(),
            Remedy.State.ACTIVE,
            1,
            2,
            1,
            1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  private long nodes() {
    return run.all(SpanRecord.class).filter(it -> it.category() == Category.NODE).count();
  }
}
