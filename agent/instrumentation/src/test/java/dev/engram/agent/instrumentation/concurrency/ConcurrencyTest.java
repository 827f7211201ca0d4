package dev.engram.agent.instrumentation.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.shop.Pricing;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConcurrencyTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1));
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void stop() throws InterruptedException {
    gate.countDown();
    pool.shutdown();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void queue_holdsTheTaskItself() {
    pool.execute(this::waitAtTheGate);
    Runnable task = () -> new Pricing().quote(1);

    within(() -> pool.execute(task));

    assertThat(pool.getQueue()).containsExactly(task);
    assertThat(pool.remove(task)).isTrue();
  }

  @Test
  void refusedTask_isForgotten() throws Exception {
    pool.execute(this::waitAtTheGate);
    pool.execute(() -> {});
    Runnable task = () -> new Pricing().quote(1);
    within(
        () ->
            assertThatThrownBy(() -> pool.execute(task))
                .isInstanceOf(RejectedExecutionException.class));
    gate.countDown();
    Thread direct = new Thread(task);
    direct.start();
    direct.join();

    assertThat(priced().parentSpanId()).isZero();
  }

  @Test
  void replacedThread_beginsWithNothing() throws Exception {
    CompletableFuture<Throwable> ending = new CompletableFuture<>();
    pool.setThreadFactory(work -> threadThatEndsWith(ending, work));
    within(
        () ->
            pool.execute(
                () -> {
                  throw new ExpectedException();
                }));

    assertThat(ending.get(20, TimeUnit.SECONDS)).isInstanceOf(ExpectedException.class);
    pool.submit((Callable<Integer>) () -> new Pricing().quote(1)).get();

    assertThat(priced().parentSpanId()).isZero();
  }

  @Test
  void forkJoinTask_runsInTheSpanItWasSubmittedIn() throws Exception {
    ForkJoinPool forkJoin = new ForkJoinPool(1);
    OpenSpan span =
        within(() -> forkJoin.submit((Callable<Integer>) () -> new Pricing().quote(1)).get());
    forkJoin.submit((Callable<Integer>) () -> new Pricing().quote(2)).get();
    forkJoin.shutdown();

    assertThat(span).isNotNull();
    assertThat(run.spans(3))
        .filteredOn(it -> it.name().equals("Pricing.quote"))
        .extracting(it -> it.parentSpanId() == 0)
        .containsExactly(false, true);
  }

  @Test
  void threadOfATimer_isAWorker() throws Exception {
    Timer[] timer = new Timer[1];
    within(() -> timer[0] = new Timer(true));
    CountDownLatch done = new CountDownLatch(1);
    timer[0].schedule(
        new TimerTask() {
          @Override
          public void run() {
            new Pricing().quote(1);
            done.countDown();
          }
        },
        0);

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    timer[0].cancel();
    assertThat(priced().parentSpanId()).isZero();
  }

  @Test
  void scheduledTask_belongsToItsRequest_andAPeriodicOneToNobody() throws Exception {
    var scheduled = Executors.newScheduledThreadPool(1);
    CountDownLatch runs = new CountDownLatch(2);
    within(
        () -> {
          scheduled.schedule(() -> new Pricing().quote(1), 1, TimeUnit.MILLISECONDS).get();
          scheduled.scheduleAtFixedRate(
              () -> {
                if (runs.getCount() > 0) {
                  new Pricing().quote(2);
                }
                runs.countDown();
              },
              0,
              1,
              TimeUnit.MILLISECONDS);
        });
    assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
    close(scheduled);

    assertThat(run.spans(4))
        .filteredOn(it -> it.name().equals("Pricing.quote"))
        .extracting(it -> it.parentSpanId() == 0)
        .containsExactly(false, true, true);
  }

  private SpanRecord priced() {
    return run.spans(2).stream()
        .filter(it -> it.name().equals("Pricing.quote"))
        .findFirst()
        .orElseThrow();
  }

  // Awaitility would take an exception that nobody handles for one of the test.
  private static Thread threadThatEndsWith(CompletableFuture<Throwable> ending, Runnable work) {
    Thread thread = new Thread(work);
    thread.setUncaughtExceptionHandler((it, thrown) -> ending.complete(thrown));
    return thread;
  }

  private static void close(ExecutorService executor) throws InterruptedException {
    executor.shutdownNow();
    assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  private void waitAtTheGate() {
    try {
      gate.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static OpenSpan within(Action action) {
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "request");
    span.enter();
    try {
      action.run();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    } finally {
      span.leave();
      span.end();
    }
    return span;
  }

  /** The pool loses its thread by it. */
  private static final class ExpectedException extends RuntimeException {
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
