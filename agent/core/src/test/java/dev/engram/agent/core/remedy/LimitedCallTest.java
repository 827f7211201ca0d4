package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of a service that has four places, which are taken. */
@Timeout(600)
class LimitedCallTest {
  private static final AtomicInteger HOSTS = new AtomicInteger();
  private static final int PLACES = 4;
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What a call waits that finds no place, less what timers may lack. */
  private static final long WAITS = LimitedCall.LONGEST_NANOS - SECOND / 100;

  private final String host = "limited" + HOSTS.incrementAndGet();
  private OpenSpan request;
  private ConcurrencyLimit limit;

  /** The calls that have the places. */
  private List<Object> taken;

  @BeforeEach
  void begin() {
    CaptureFixture.start(new MemorySink());
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    CalledServices.beat();
    request = open();
    request.enter();
    String place = "http " + host + ":80";
    limit = GivenLimit.at(place, PLACES);
    GivenLimit.apply(GivenLimit.trial(place));
    taken = Stream.generate(this::call).limit(PLACES).toList();
    assertThat(limit.underWay()).isEqualTo(PLACES);
  }

  @AfterEach
  void end() {
    for (CallRuns left = CallRuns.current(); left != null; left = CallRuns.current()) {
      left.close();
    }
    request.leave();
    request.end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void callWithoutAPlace_waitsForOne_andGoesAheadAllTheSame() {
    call();

    assertThat(request.waitedNanos()).isGreaterThanOrEqualTo(WAITS);
    assertThat(limit.underWay()).isEqualTo(PLACES + 1);
  }

  @Test
  void callsOfOneRequest_waitNoLongerThanTwoSecondsTogether() {
    long left = TimeUnit.MILLISECONDS.toNanos(1);
    request.waited(LimitedCall.LONGEST_OF_REQUEST_NANOS - left);
    call();
    long waited = request.waitedNanos();
    assertThat(waited)
        .isBetween(
            LimitedCall.LONGEST_OF_REQUEST_NANOS, LimitedCall.LONGEST_OF_REQUEST_NANOS + WAITS);

    call();
    assertThat(request.waitedNanos()).isEqualTo(waited);
    assertThat(limit.underWay()).isEqualTo(PLACES + 2);
  }

  @Test
  void callThatEndsAfterATime_waitsForAQuarterOfIt() {
    call(LimitedCallTest.class, SECOND / 10);

    assertThat(request.waitedNanos()).isBetween(SECOND / 40, WAITS);
  }

  /** Those with a place may want the connection that it holds. */
  @Test
  void laterRun_goesAheadWhereThereIsNoPlace() {
    GuardedCall.inTurn(begun(), LimitedCallTest.class, 0);
    long waited = request.waitedNanos();
    CallRuns runs = CallRuns.open();
    runs.ended(503);
    assertThat(limit.underWay()).isEqualTo(PLACES);
    runs.begins();
    runs.close();

    assertThat(request.waitedNanos()).isEqualTo(waited);
    assertThat(limit.underWay()).isEqualTo(PLACES + 1);
  }

  @Test
  void callThatMustNotWait_orIsMadeWhereNothingIsKnown_goesAhead() {
    call(null, 0);
    request.transactions(1);
    call();
    request.transactions(-1);
    request.leave();
    call();
    request.enter();
    Healing.seesTransactions(() -> false);
    call();
    Healing.seesTransactions(() -> true);
    synchronized (this) {
      call();
    }

    Healing.apply(Remedies.NONE, 0);
    call();

    assertThat(request.waitedNanos()).isZero();
    assertThat(limit.underWay()).isEqualTo(PLACES + 6);
  }

  @Test
  void waitThatFails_leavesNothingBehind() {
    CallRuns around = CallRuns.current();
    Healing.seesTransactions(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertThatIllegalStateException().isThrownBy(this::call);

    assertThat(CallRuns.current()).isSameAs(around);
    assertThat(limit.underWay()).isEqualTo(PLACES);
  }

  @Test
  void threadOfAPoolThatStealsWork_goesAhead() {
    ForkJoinPool pool = new ForkJoinPool(1);
    long waited =
        pool.submit(
                () -> {
                  OpenSpan own = open();
                  own.enter();
                  call();
                  own.leave();
                  return own.waitedNanos();
                })
            .join();
    pool.shutdown();

    assertThat(waited).isZero();
    assertThat(limit.underWay()).isEqualTo(PLACES + 1);
  }

  @Test
  void interruptedThread_goesAhead_andStaysInterrupted() {
    Thread.currentThread().interrupt();
    call();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(request.waitedNanos()).isZero();
    assertThat(limit.underWay()).isEqualTo(PLACES + 1);
  }

  /** To see what it holds stops all threads. */
  @Test
  void threadThatWouldBeOneTooManyToLookAt_goesAhead() {
    for (int i = 0; i < CalledServices.MOST_LOOKS; i++) {
      assertThat(CalledServices.mayLook()).isTrue();
    }
    call();
    assertThat(request.waitedNanos()).isZero();

    CalledServices.beat();
    call();
    assertThat(request.waitedNanos()).as("in another second").isGreaterThanOrEqualTo(WAITS);
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "OBSERVE"})
  void whoeverWaits_goesAheadAtOnce_whenHealingIsSwitchedOff(HealLevel to) {
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(waits());
    }
    Healing.level(to);

    assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)))
        .succeedsWithin(SOON);
    assertThat(waiting).noneMatch(CompletableFuture::join);
  }

  @ParameterizedTest
  @CsvSource({"503, 3", "429, 3", "529, 3", "502, 4", "504, 4", "404, 5", "200, 5", "0, 4"})
  void endOfCalls_givesTheirPlacesBack_andAnswersMakeMore(int status, int places) {
    Throwable thrown = status == 0 ? new SocketTimeoutException("late") : null;
    // As many again as there are places, and one for what is rounded off.
    for (int i = 0; i <= PLACES; i++) {
      GuardedCall.ended(taken.get(0), status, thrown);
      taken = Stream.concat(taken.stream().skip(1), Stream.of(call(null, 0))).toList();
    }
    taken.forEach(it -> GuardedCall.ended(it, 0, null));

    assertThat(limit.underWay()).isZero();
    assertThat(limit.limit()).isEqualTo(places);
  }

  private Object call() {
    return call(LimitedCallTest.class, 0);
  }

  private Object call(@Nullable Class<?> asking, long timeoutNanos) {
    Object sent = Objects.requireNonNull(GuardedCall.inTurn(begun(), asking, timeoutNanos));
    OpenSpan attempt =
        new ClientCall().attempt(new ClientRequest("POST", "http://" + host + "/", host, -1));
    if (attempt != null) {
      attempt.end();
    }
    assertThat(GuardedCall.isMade(sent)).isNull();
    return sent;
  }

  private @Nullable Object begun() {
    return GuardedCall.begin("POST", host, -1, false, "/");
  }

  /** It waits when this returns. */
  private CompletableFuture<Boolean> waits() {
    CompletableFuture<Boolean> placed = new CompletableFuture<>();
    Thread thread = new Thread(() -> placed.complete(limit.await(1_200 * SECOND)));
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.yield();
    }
    return placed;
  }

  private static OpenSpan open() {
    return Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /"));
  }
}
