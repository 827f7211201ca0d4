package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.engram.agent.record.control.Remedy;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of a service that has place for one, which is taken. */
@Timeout(600)
class LimitedCallTest {
  private static final AtomicInteger HOSTS = new AtomicInteger();
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What a call waits that finds no place, less what timers may lack. */
  private static final long WAITS = LimitedCall.LONGEST_NANOS - SECOND / 100;

  private final String host = "limited" + HOSTS.incrementAndGet();
  private OpenSpan request;
  private LimitedPeer peer;
  private ConcurrencyLimit limit;

  /** The call that has the place. */
  private Object taken;

  @BeforeEach
  void begin() {
    CaptureFixture.start(new MemorySink());
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    request = open();
    request.enter();
    limited();
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
    assertThat(limit.underWay()).isEqualTo(2);
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
    assertThat(limit.underWay()).isEqualTo(3);
  }

  @Test
  void callThatEndsAfterATime_waitsForAQuarterOfIt() {
    call(LimitedCallTest.class, SECOND / 10);

    assertThat(request.waitedNanos()).isBetween(SECOND / 40, WAITS);
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
    assertThat(limit.underWay()).isEqualTo(7);
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
    assertThat(limit.underWay()).isEqualTo(2);
  }

  @Test
  void interruptedThread_goesAhead_andStaysInterrupted() {
    Thread.currentThread().interrupt();
    call();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(request.waitedNanos()).isZero();
    assertThat(limit.underWay()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "OBSERVE"})
  void whoeverWaits_goesAheadAtOnce_whenHealingIsSwitchedOff(HealLevel to) {
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(
          CompletableFuture.supplyAsync(() -> limit.await(60 * SECOND), LimitedCallTest::start));
    }
    Healing.level(to);

    assertThat(waiting).noneMatch(CompletableFuture::join);
  }

  @ParameterizedTest
  @CsvSource({"503, 1", "429, 1", "529, 1", "502, 1", "404, 2", "200, 2", "0, 1"})
  void endOfACall_givesItsPlaceBack_andAnAnswerMakesMore(int status, int places) {
    Throwable thrown = status == 0 ? new SocketTimeoutException("late") : null;
    GuardedCall.ended(taken, status, thrown);

    assertThat(limit.underWay()).isZero();
    assertThat(limit.limit()).isEqualTo(places);
  }

  private Object call() {
    return call(LimitedCallTest.class, 0);
  }

  private Object call(@Nullable Class<?> asking, long timeoutNanos) {
    Object begun = GuardedCall.begin("POST", host, -1, false, "/");
    Object sent = Objects.requireNonNull(GuardedCall.inTurn(begun, asking, timeoutNanos));
    OpenSpan attempt =
        new ClientCall().attempt(new ClientRequest("POST", "http://" + host + "/", host, -1));
    if (attempt != null) {
      attempt.end();
    }
    assertThat(GuardedCall.isMade(sent)).isNull();
    return sent;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static OpenSpan open() {
    return Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /"));
  }

  /** It was overloaded, and the window with a limit of one place is open, which one call has. */
  private void limited() {
    String place = "http " + host + ":80";
    Remedy remedy = new Remedy("R-000000000001", "limit " + place, 0, Remedy.State.TRIAL, 0.5);
    Healing.apply(new Remedies(1, Instant.MAX, List.of(remedy)), System.nanoTime() + 60 * SECOND);
    peer = Objects.requireNonNull(LimitedPeers.peer(place));
    while (peer.limit() == null) {
      peer.begin().ended(LimitedCall.Outcome.ANSWERED);
      for (int i = 0; i < LimitedPeer.REFUSED; i++) {
        peer.begin().ended(LimitedCall.Outcome.REFUSED);
      }
      peer.beat(System.nanoTime());
    }
    limit = Objects.requireNonNull(peer.limit());
    taken = call();
    assertThat(limit.underWay()).isEqualTo(1);
  }
}
