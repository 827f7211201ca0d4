package dev.engram.agent.instrumentation.uncaught;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.SpanKind;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UncaughtTest {
  private static final String COMPLETED =
      "java.util.concurrent.CompletableFuture#completeExceptionally";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ScheduledThreadPoolExecutor pool =
      new ScheduledThreadPoolExecutor(1, UncaughtTest::quietThread);
  private final ForkJoinPool forkJoin =
      new ForkJoinPool(
          2, ForkJoinPool.defaultForkJoinWorkerThreadFactory, (thread, thrown) -> {}, false);

  @AfterEach
  void stop() {
    pool.shutdownNow();
    forkJoin.shutdownNow();
  }

  @Test
  void threadThatEndsWithAnException_isRemembered_whoeverHandlesIt() throws Exception {
    Thread thread = quietThread(UncaughtTest::fail);
    thread.start();
    thread.join();

    assertEscaped("java.lang.Thread#run");
  }

  @Test
  void executedTask_failsInTheSpanItWasExecutedIn() {
    ThreadPoolExecutor plain =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), UncaughtTest::quietThread);
    OpenSpan span = Tracing.open(SpanKind.INTERNAL, Category.METHOD, "work").enter();
    plain.execute(UncaughtTest::fail);
    span.leave();
    span.end();
    plain.shutdown();

    assertEscaped("java.util.concurrent.ThreadPoolExecutor#execute");
    assertThat(run.exceptions().get(0).spanId()).isEqualTo(run.onlySpan().spanId());
  }

  @Test
  void submittedTask_hasEscapedWhenNobodyAsks() throws Exception {
    Future<?> unasked = pool.submit(UncaughtTest::fail);
    await().until(unasked::isDone);
    Future<?> asked = pool.submit(UncaughtTest::fail);
    assertThatThrownBy(asked::get).isInstanceOf(ExecutionException.class);
    Capture.endHeld();

    assertEscaped(unasked.getClass().getName() + "#run");
  }

  @Test
  void periodicTask_hasEscapedAtOnce() {
    Future<?> job = pool.scheduleAtFixedRate(UncaughtTest::fail, 0, 1, TimeUnit.MILLISECONDS);
    await().until(job::isDone);

    assertEscaped(job.getClass().getName() + "#run");
    assertThatThrownBy(job::get).hasRootCauseInstanceOf(IllegalStateException.class);
    Capture.endHeld();
    assertThat(run.exceptions()).hasSize(1);
  }

  @Test
  void forkJoinTask_hasEscapedWhenNobodyCanAskOrNobodyDoes() throws Exception {
    forkJoin.execute(UncaughtTest::fail);
    assertEscaped("java.util.concurrent.ForkJoinPool#execute");
    Future<?> unasked = forkJoin.submit(UncaughtTest::fail);
    // It is done a moment before it is held for whoever asks.
    await()
        .until(
            () -> {
              Capture.endHeld();
              return run.exceptions().size() == 2;
            });
    Future<?> asked = forkJoin.submit(UncaughtTest::fail);
    assertThatThrownBy(asked::get).hasRootCauseInstanceOf(IllegalStateException.class);
    Callable<Integer> parallel = () -> IntStream.range(0, 8).parallel().map(it -> failing()).sum();
    assertThatThrownBy(() -> forkJoin.submit(parallel).get())
        .hasRootCauseInstanceOf(IllegalStateException.class);
    // Its other parts may fail a moment later, with exceptions that nobody is given.
    forkJoin.shutdown();
    assertThat(forkJoin.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void futureThatNobodyLooksAt_hasEscaped() {
    CompletableFuture<Integer> source = new CompletableFuture<>();
    CompletableFuture<Integer> next = source.thenApply(it -> it + 1);
    source.completeExceptionally(new IllegalStateException("unlucky"));
    source.completeExceptionally(new IllegalStateException("too late"));
    assertThat(next).isCompletedExceptionally();
    Capture.endHeld();

    assertEscaped(COMPLETED);
  }

  @Test
  void functionThatFails_hasEscaped() throws Exception {
    CompletableFuture<Integer> failed =
        CompletableFuture.completedFuture(1).thenApply(it -> failing());
    CompletableFuture<Integer> async = CompletableFuture.supplyAsync(UncaughtTest::failing, pool);
    await().until(() -> failed.isDone() && async.isDone());
    // It is done a moment before it is held for whoever asks: the pool has one thread.
    pool.submit(() -> {}).get();
    Capture.endHeld();

    assertThat(run.exceptions()).extracting(ExceptionRecord::site).containsOnly(COMPLETED);
    assertThat(run.exceptions()).hasSize(2);
  }

  @Test
  void futureThatSomebodyLooksAt_isNoError() {
    assertThatThrownBy(() -> failed().get()).isInstanceOf(ExecutionException.class);
    assertThatThrownBy(() -> failed().join()).isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> failed().getNow(1)).isInstanceOf(CompletionException.class);
    assertThat(failed().exceptionally(thrown -> 7).join()).isEqualTo(7);
    assertThat(failed().handle((value, thrown) -> 8).join()).isEqualTo(8);
    failed().whenComplete((value, thrown) -> {});
    failed().thenApply(it -> it + 1).whenCompleteAsync((value, thrown) -> {}, Runnable::run);
    CompletableFuture<Integer> open = new CompletableFuture<>();
    CompletableFuture<Integer> mended = open.exceptionally(thrown -> 9);
    open.completeExceptionally(new TimeoutException());
    assertThat(mended.join()).isEqualTo(9);
    assertThatThrownBy(
            () -> CompletableFuture.allOf(failed(), failed().exceptionally(t -> 1)).get())
        .isInstanceOf(ExecutionException.class);
    Capture.endHeld();

    assertThat(run.exceptions()).extracting(it -> it.thrown().message()).isEmpty();
  }

  private void assertEscaped(String site) {
    await().until(() -> !run.exceptions().isEmpty());
    assertThat(run.exceptions())
        .extracting(ExceptionRecord::origin, ExceptionRecord::site)
        .containsExactly(tuple(ExceptionOrigin.ESCAPED, site));
  }

  private static CompletableFuture<Integer> failed() {
    return CompletableFuture.failedFuture(new IllegalStateException("looked at"));
  }

  private static void fail() {
    failing();
  }

  private static int failing() {
    throw new IllegalStateException("unlucky");
  }

  private static Thread quietThread(Runnable work) {
    Thread thread = new Thread(work, "quiet");
    thread.setUncaughtExceptionHandler((ended, thrown) -> {});
    return thread;
  }
}
