package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class ConcurrencyLimitTest {
  private static final long LONG = TimeUnit.MINUTES.toNanos(20);
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int THREADS = 10_000;
  private static final int STACK = 128 << 10;

  private final ConcurrencyLimit limit = new ConcurrencyLimit(4);

  @Test
  void noMoreCallsThanPlaces_haveOne() {
    take(4);
    assertThat(limit.take()).isFalse();
    assertThat(limit.underWay()).isEqualTo(4);

    limit.leave();
    assertThat(limit.take()).isTrue();
  }

  @Test
  void asManyAnswersAsPlaces_makeOnePlaceMore() {
    take(4);
    answers(4);
    assertThat(limit.limit()).as("a little less than four quarters").isEqualTo(4);
    answers(1);
    assertThat(limit.limit()).isEqualTo(5);
  }

  @Test
  void answers_makeNoMorePlaces_whileHalfOfThemAreEmpty() {
    take(1);
    answers(1_000);
    assertThat(limit.limit()).isEqualTo(4);
  }

  @Test
  void refusal_leavesThreeQuarters_andThoseThatWereUnderWayWithItLeaveThemToo() {
    long began = System.nanoTime();
    limit.refused(began);
    assertThat(limit.limit()).isEqualTo(3);
    limit.refused(began);
    assertThat(limit.limit()).isEqualTo(3);

    limit.refused(System.nanoTime());
    assertThat(limit.limit()).isEqualTo(2);
  }

  @Test
  void limit_staysWithinItsBounds() {
    for (int i = 0; i < 100; i++) {
      limit.refused(System.nanoTime());
    }
    assertThat(limit.limit()).isEqualTo(ConcurrencyLimit.LEAST);
    assertThat(new ConcurrencyLimit(0).limit()).isEqualTo(ConcurrencyLimit.LEAST);

    ConcurrencyLimit most = new ConcurrencyLimit(Integer.MAX_VALUE);
    while (most.take()) {
      most.answered();
    }
    assertThat(most.limit()).isEqualTo(ConcurrencyLimit.MOST);
    assertThat(most.underWay()).isEqualTo(ConcurrencyLimit.MOST);
  }

  @Test
  void whoWaits_hasThePlaceOfWhoeverLeaves_inTurn() {
    take(4);
    List<CompletableFuture<Boolean>> waiting = List.of(waits(1), waits(2));
    assertThat(limit.take()).as("others came before").isFalse();

    limit.leave();
    assertThat(waiting.get(0).join()).isTrue();
    assertThat(waiting.get(1)).isNotDone();
    assertThat(limit.take()).isFalse();
    limit.leave();
    assertThat(waiting.get(1).join()).isTrue();
    assertThat(limit.underWay()).isEqualTo(4);
  }

  @Test
  void answerThatMakesAPlace_givesItToWhoWaits() {
    take(4);
    CompletableFuture<Boolean> waiting = waits(1);
    answers(5);
    limit.leave();

    assertThat(waiting.join()).isTrue();
    assertThat(limit.underWay()).isEqualTo(4);
    assertThat(limit.take()).as("the fifth").isTrue();
  }

  @Test
  void whoHasWaitedLongEnough_goesAhead_andKeepsNobodyElseFromAPlace() {
    take(4);
    long began = System.nanoTime();
    assertThat(limit.await(TimeUnit.MILLISECONDS.toNanos(20))).isFalse();
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    limit.goAhead();
    assertThat(limit.underWay()).isEqualTo(5);

    limit.leave();
    assertThat(limit.take()).as("one is under way without a place still").isFalse();
    limit.leave();
    assertThat(limit.take()).isTrue();
  }

  @Test
  void interrupt_endsTheWait_andStaysWithTheThread() throws InterruptedException {
    take(4);
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              boolean placed = limit.await(LONG);
              ended.complete(!placed && Thread.currentThread().isInterrupted());
            });
    waiting.start();
    awaitParked(waiting);
    waiting.interrupt();

    assertThat(ended.join()).isTrue();
    waiting.join();
    limit.leave();
    assertThat(limit.take()).isTrue();
  }

  @Test
  void whoeverWaits_goesAheadWhenItIsGivenUp_andNobodyWaitsAfterwards() {
    take(4);
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      waiting.add(waits(i));
    }
    limit.close();

    assertThat(waiting).allMatch(it -> !it.join());
    assertThat(limit.await(LONG)).isFalse();
    assertThat(limit.underWay()).isEqualTo(4);
  }

  @Test
  void whoWouldWaitBesideAThousand_goesAheadAtOnce() {
    take(4);
    for (int i = 1; i <= ConcurrencyLimit.MOST_WAITING; i++) {
      waits(i);
    }
    CompletableFuture<Boolean> oneMore = new CompletableFuture<>();
    start(() -> oneMore.complete(limit.await(LONG)), "one-more");

    assertThat(oneMore).succeedsWithin(SOON).isEqualTo(false);
    limit.leave();
    assertThat(limit.underWay()).as("the place of another").isEqualTo(4);
    limit.close();
  }

  @Test
  void tenThousandThreads_allEnd_andThoseWithAPlaceAreNeverMoreThanThePlaces()
      throws InterruptedException {
    AtomicInteger placed = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(null, () -> call(begin, placed, most, calls), "call", STACK);
      threads.add(thread);
      thread.start();
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(calls.get()).isEqualTo(THREADS);
    assertThat(most.get()).isBetween(1, 4);
    assertThat(limit.underWay()).isZero();
    assertThat(limit.limit()).isEqualTo(4);
  }

  private void call(
      CountDownLatch begin, AtomicInteger placed, AtomicInteger most, AtomicInteger calls) {
    try {
      begin.await();
    } catch (InterruptedException never) {
      return;
    }
    if (limit.take() || limit.await(LONG)) {
      most.accumulateAndGet(placed.incrementAndGet(), Math::max);
      Thread.yield();
      placed.decrementAndGet();
    } else {
      limit.goAhead();
    }
    calls.incrementAndGet();
    limit.leave();
  }

  private void take(int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(limit.take()).isTrue();
    }
  }

  private void answers(int count) {
    for (int i = 0; i < count; i++) {
      limit.answered();
    }
  }

  /** It waits when this returns. */
  private CompletableFuture<Boolean> waits(int number) {
    CompletableFuture<Boolean> placed = new CompletableFuture<>();
    awaitParked(start(() -> placed.complete(limit.await(LONG)), "waiting-" + number));
    return placed;
  }

  private static Thread start(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, STACK);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.yield();
    }
  }
}
