package dev.engram.agent.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodedRunTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void run_isFoundByItsRequest_untilItEnds() {
    OpenSpan request = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /").enter();
    CodedRun outer = CodedRun.begin("outer", null, null);
    CodedRun inner = CodedRun.begin("inner", null, null);
    assertThat(CodedRun.current()).isSameAs(inner);
    inner.leave();
    inner.ended(null, null, "here");
    assertThat(CodedRun.current()).isSameAs(outer);
    outer.leave();
    outer.ended(null, null, "here");
    assertThat(CodedRun.current()).isNull();
    request.leave();
    request.end();
  }

  /** The application gave the stage up, and so does the agent; what is alive is still found. */
  @Test
  void runWhoseStageNeverCompletes_isGoneWithItsStage() {
    CodedRun alive = CodedRun.begin("alive", null, null);
    WeakReference<CodedRun> forgotten = forget(new CompletableFuture<>());
    await("the collector")
        .until(
            () -> {
              System.gc();
              return forgotten.refersTo(null);
            });

    assertThat(CodedRun.current()).isSameAs(alive);
    alive.leave();
    alive.ended(null, null, "here");
  }

  private static WeakReference<CodedRun> forget(CompletableFuture<String> stage) {
    CodedRun run = CodedRun.begin("forgotten", null, "x".repeat(1000));
    run.leave();
    stage.whenComplete((result, thrown) -> run.ended(result, thrown, "here"));
    Reference.reachabilityFence(stage);
    return new WeakReference<>(run);
  }
}
