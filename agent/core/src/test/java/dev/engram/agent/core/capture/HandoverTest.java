package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.lang.ref.WeakReference;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private final MemorySink sink = new MemorySink();
  private final Object task = new Object();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Handover.idle();
    Capture.stop();
    assertThat(Tracing.current()).isNull();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void task_runsInTheSpanItWasGiven_once() {
    OpenSpan span = open(SpanKind.SERVER);
    giveIn(span, task);

    Object entered = Handover.enter(task);
    assertThat(Tracing.current()).isSameAs(span);
    assertThat(entered).isNotNull();
    Handover.leave(entered);

    assertThat(Tracing.current()).isNull();
    assertThat(Handover.enter(task)).isNull();
  }

  @Test
  void taskThatWaitsForTwo_isHandedNothing() {
    giveIn(open(SpanKind.SERVER), task);
    giveIn(open(SpanKind.SERVER), task);

    assertThat(Handover.enter(task)).isNull();
    assertThat(Handover.enter(task)).isNull();
  }

  @Test
  void taskOfNobody_keepsNothingOfAnEarlierOne() {
    giveIn(open(SpanKind.SERVER), task);
    Handover.give(task);

    assertThat(Handover.enter(task)).isNull();
  }

  @Test
  void request_isNoPartOfWhatWasHandedOver() {
    OpenSpan other = open(SpanKind.SERVER);
    giveIn(other, task);
    Object entered = Handover.enter(task);
    assertThat(entered).isNotNull();

    open(SpanKind.SERVER).end();
    open(SpanKind.INTERNAL).end();

    Handover.leave(entered);
    assertThat(sink.all(SpanRecord.class))
        .extracting(SpanRecord::parentSpanId)
        .containsExactly(0L, other.spanId());
  }

  @Test
  void endedSpan_isStillAParent_andHoldsNothing() {
    OpenSpan span = open(SpanKind.SERVER);
    span.payload("input", null, "x".repeat(100));
    giveIn(span, task);
    span.end();

    Object entered = Handover.enter(task);
    assertThat(entered).isNotNull();
    open(SpanKind.INTERNAL).end();
    Handover.leave(entered);

    assertThat(span.payloads()).isEmpty();
    assertThat(span.attributes().size()).isZero();
    assertThat(sink.all(SpanRecord.class))
        .last()
        .extracting(SpanRecord::parentSpanId)
        .isEqualTo(span.spanId());
  }

  @Test
  void parent_isNotKeptAlive() {
    OpenSpan first = open(SpanKind.SERVER);
    first.enter();
    OpenSpan next = open(SpanKind.INTERNAL);
    first.leave();
    first.end();
    WeakReference<OpenSpan> reference = new WeakReference<>(first);
    first = null;

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(reference.get()).isNull();
            });
    next.end();
  }

  @Test
  void requestThatIsLongOver_isHandedOnNoMore() {
    LocalRoot root = new LocalRoot(0, 0, null, false);
    assertThat(root.isOver(Long.MAX_VALUE)).isFalse();

    root.ended(1);

    assertThat(root.isOver(30_000_000_000L)).isFalse();
    assertThat(root.isOver(70_000_000_000L)).isTrue();
  }

  @Test
  void startedThread_isInTheSpan_butNoWorkerIs() throws InterruptedException {
    OpenSpan span = open(SpanKind.SERVER);
    OpenSpan[] seen = new OpenSpan[2];
    Thread one = inThread(() -> seen[0] = Tracing.current());
    Thread worker =
        inThread(
            () -> {
              Handover.work();
              seen[1] = Tracing.current();
            });
    span.enter();
    Handover.starting(one);
    Handover.starting(worker);
    span.leave();
    one.start();
    worker.start();
    one.join();
    worker.join();

    assertThat(seen[0]).isSameAs(span);
    assertThat(seen[1]).isNull();
  }

  /** What is of our own packages is taken for a worker. */
  private static Thread inThread(Runnable action) {
    return new Thread(new FutureTask<Void>(action, null));
  }

  private static void giveIn(OpenSpan span, Object given) {
    span.enter();
    Handover.give(given);
    span.leave();
  }

  private static OpenSpan open(SpanKind kind) {
    OpenSpan span = Tracing.open(kind, Category.METHOD, "work");
    assertThat(span).isNotNull();
    return span;
  }
}
