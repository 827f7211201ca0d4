package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealingTest {
  private static final String PLACE = "method a.B#c";

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final MemorySink sink = new MemorySink();
  private @Nullable OpenSpan request;

  /** Of the failure of these tests, as an observation tells it. */
  private long fingerprint;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /")).enter();
    fails(null, failure());
    fingerprint = attempt().fingerprint();
    sink.accepted.clear();
  }

  @AfterEach
  void end() {
    if (request != null) {
      request.leave();
      request.end();
    }
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void failureThatMayPass_isObserved_andNothingElseIsDone() {
    assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();

    assertThat(attempt())
        .returns(Remedy.retry(PLACE), RemedyAttemptRecord::remedyId)
        .returns("observed", RemedyAttemptRecord::arm)
        .returns("failed", RemedyAttemptRecord::result)
        .returns(1, RemedyAttemptRecord::tries)
        .returns(0L, RemedyAttemptRecord::addedNanos);
    assertThat(attempt().fingerprint()).isNotZero();
  }

  @Test
  void failureOfTheApplicationsOwnKind_isUnclear() {
    fails(null, new Exception("busy"));

    assertThat(attempt().arm()).isEqualTo("unclear");
  }

  @Test
  void mistakes_andWhatIsInsideNoSpan_leaveNoAttempt() {
    fails(Healing.begin(HealingTest.class), new NullPointerException());
    Objects.requireNonNull(request).leave();
    request.end();
    request = null;
    fails(Healing.begin(HealingTest.class), failure());

    assertThat(sink.all(RemedyAttemptRecord.class)).isEmpty();
  }

  @Test
  void activeRemedy_runsTheOperationAgain_asOftenAsItSays_thenTellsThatItFailed() {
    apply(Remedy.State.ACTIVE, 0, 3);
    Object begun = Healing.begin(HealingTest.class);

    assertThat(fails(begun, failure())).isTrue();
    assertThat(fails(begun, failure())).isTrue();
    assertThat(fails(begun, failure())).isFalse();
    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("failed", RemedyAttemptRecord::result)
        .returns(3, RemedyAttemptRecord::tries);
  }

  @Test
  void operationThatSucceedsAfterAll_isResolved() {
    apply(Remedy.State.ACTIVE, 0, 3);
    Object begun = Healing.begin(HealingTest.class);
    assertThat(fails(begun, failure())).isTrue();

    Healing.succeeded(begun, () -> PLACE);

    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("resolved", RemedyAttemptRecord::result)
        .returns(2, RemedyAttemptRecord::tries);
    assertThat(attempt().addedNanos()).isNotNegative();
  }

  @Test
  void otherFailures_andOtherPlaces_areLeftAlone() {
    apply(Remedy.State.ACTIVE, 1, 3);

    assertThat(fails(Healing.begin(HealingTest.class), new IOException("another one"))).isFalse();
    Object begun = Healing.begin(HealingTest.class);
    assertThat(Healing.failed(begun, () -> "method a.B#d", HealingTest.class, failure())).isFalse();
  }

  @Test
  void operationThatFailsInAnotherWayTheSecondTime_isNotRunAThirdTime() {
    apply(Remedy.State.ACTIVE, 1, 3);
    Object begun = Healing.begin(HealingTest.class);
    assertThat(fails(begun, failure())).isTrue();

    assertThat(fails(begun, new IllegalArgumentException())).isFalse();

    assertThat(attempt())
        .returns("treated", RemedyAttemptRecord::arm)
        .returns("failed", RemedyAttemptRecord::result);
  }

  @Test
  void trial_leavesTheOthersAlone_toBeComparedWith() {
    apply(Remedy.State.TRIAL, 0, 2);
    assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();
    assertThat(attempt().arm()).isEqualTo("control");
    sink.accepted.clear();

    apply(Remedy.State.TRIAL, 1, 2);
    assertThat(fails(Healing.begin(HealingTest.class), failure())).isTrue();
  }

  @Test
  void trial_treatsItsShareOfRequests_eachAsAWhole() {
    Remedy remedy = remedy(1, Remedy.State.TRIAL, 0.25, 2);
    int treated = 0;
    for (long trace = 1; trace <= 10_000; trace++) {
      treated += Treatment.isTreated(remedy, trace) ? 1 : 0;
      assertThat(Treatment.isTreated(remedy, trace)).isEqualTo(Treatment.isTreated(remedy, trace));
    }

    // Six standard deviations are 260.
    assertThat(treated).isBetween(2_240, 2_760);
  }

  @Test
  void observe_runsNothingAgain_andOffTellsNothing() {
    apply(Remedy.State.ACTIVE, 1, 3);
    Object begun = Healing.begin(HealingTest.class);

    Healing.level(HealLevel.OBSERVE);
    assertThat(Healing.begin(HealingTest.class)).isNull();
    assertThat(fails(null, failure())).isFalse();
    assertThat(attempt().arm()).isEqualTo("observed");
    assertThat(fails(begun, failure())).isFalse();
    sink.accepted.clear();

    Healing.level(HealLevel.OFF);
    assertThat(Healing.begin(HealingTest.class)).isNull();
    assertThat(fails(begun, failure())).isFalse();
    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void remedyThatIsWithdrawn_endsWithTheNextFailure() {
    apply(Remedy.State.ACTIVE, 1, 6);
    Object begun = Healing.begin(HealingTest.class);
    assertThat(fails(begun, failure())).isTrue();

    Healing.apply(Remedies.NONE, 0);

    assertThat(fails(begun, failure())).isFalse();
    assertThat(Healing.begin(HealingTest.class)).isNull();
    assertThat(attempt()).returns("treated", RemedyAttemptRecord::arm);
  }

  @Test
  void openTransaction_isLeftToWhoeverOpenedIt() {
    apply(Remedy.State.ACTIVE, 1, 3);
    OpenSpan span = Objects.requireNonNull(request);
    span.transactions(1);
    assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();
    assertThat(sink.all(RemedyAttemptRecord.class)).isEmpty();

    span.transactions(-1);
    assertThat(fails(Healing.begin(HealingTest.class), failure())).isTrue();
  }

  /** By the time that it fails none is open any more, and what came before is gone. */
  @Test
  void operationThatRollsBackItsCallersTransaction_isNotRunAgain() {
    apply(Remedy.State.ACTIVE, 1, 3);
    OpenSpan span = Objects.requireNonNull(request);
    span.transactions(1);
    Object begun = Healing.begin(HealingTest.class);
    span.transactions(-1);

    assertThat(begun).isNull();
    assertThat(fails(begun, failure())).isFalse();
  }

  @Test
  void whereTransactionsCannotBeSeen_failuresAreObservedAlone() {
    apply(Remedy.State.ACTIVE, 1, 3);
    Healing.seesTransactions(() -> false);

    assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();
    assertThat(attempt().arm()).isEqualTo("observed");
  }

  @Test
  void expiredRemedy_isNotApplied_alsoWhereNobodyHasNoticed() {
    apply(Remedy.State.ACTIVE, 1, 3);
    Object begun = Healing.begin(HealingTest.class);
    apply(remedy(fingerprint, Remedy.State.ACTIVE, 1, 3), System.nanoTime());

    assertThat(fails(begun, failure())).isFalse();
    assertThat(Healing.begin(HealingTest.class)).isNull();
  }

  @Test
  void switchOff_whileAnOperationWaits_stopsItsRepetition() throws InterruptedException {
    Remedy slow =
        new Remedy(
            "R-000000000001",
            Remedy.retry(PLACE),
            fingerprint,
            Remedy.State.ACTIVE,
            1,
            2,
            500,
            500);
    AtomicBoolean inTime = new AtomicBoolean();
    boolean again = true;
    // A wait that was drawn too short says nothing.
    while (!inTime.get()) {
      Healing.level(HealLevel.AUTO);
      apply(slow, System.nanoTime() + MINUTE);
      Thread switching = switchOffWhileWaiting(Thread.currentThread(), inTime);
      again = fails(Healing.begin(HealingTest.class), failure());
      switching.join();
    }

    assertThat(again).isFalse();
    assertThat(sink.all(RemedyAttemptRecord.class)).isEmpty();
  }

  private static Thread switchOffWhileWaiting(Thread waiting, AtomicBoolean inTime) {
    AtomicBoolean over = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              while (waiting.getState() != Thread.State.TIMED_WAITING && !over.get()) {
                over.set(waiting.getState() == Thread.State.WAITING);
              }
              Healing.level(HealLevel.OFF);
              inTime.set(waiting.getState() == Thread.State.TIMED_WAITING);
            });
    thread.start();
    return thread;
  }

  @Test
  void emptyBudget_runsNothingAgain_untilSuccessesFillIt() {
    apply(Remedy.State.ACTIVE, 1, 2);
    int repeated = 0;
    while (fails(Healing.begin(HealingTest.class), failure())) {
      repeated++;
    }

    assertThat(repeated).isEqualTo(100);
    assertThat(attempt().arm()).isEqualTo("skipped");
    for (int i = 0; i < 5; i++) {
      Healing.succeeded(Healing.begin(HealingTest.class), () -> PLACE);
    }
    assertThat(fails(Healing.begin(HealingTest.class), failure())).isTrue();
  }

  /** The collector writes its file anew again and again. */
  @Test
  void whatWasSpent_staysSpent_whenTheRemediesAreAppliedAnew() {
    apply(Remedy.State.ACTIVE, 1, 2);
    while (fails(Healing.begin(HealingTest.class), failure())) {}

    apply(Remedy.State.ACTIVE, 1, 2);

    assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();
  }

  /** Withdrawn for an hour, it must not come back with a full bucket. */
  @Test
  void whatWasSpent_staysSpent_whileNoRemedyIsInForce() {
    apply(Remedy.State.ACTIVE, 1, 2);
    while (fails(Healing.begin(HealingTest.class), failure())) {}

    Healing.apply(Remedies.NONE, 0);
    apply(Remedy.State.ACTIVE, 1, 2);

    assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();
  }

  @Test
  void timeoutThatWasWrapped_costsAsMuch() {
    fails(null, lateAnswer());
    fingerprint = attempt().fingerprint();
    apply(Remedy.State.ACTIVE, 1, 2);
    int repeated = 0;
    while (fails(Healing.begin(HealingTest.class), lateAnswer())) {
      repeated++;
    }

    assertThat(repeated).isEqualTo(50);
  }

  private static IOException lateAnswer() {
    return new IOException("no answer", new SocketTimeoutException());
  }

  /** Whoever holds it waits, and others with it. */
  @Test
  void whereAMonitorIsHeld_nothingWaits() {
    apply(Remedy.State.ACTIVE, 1, 3);
    synchronized (sink) {
      assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();
    }
    assertThat(attempt().arm()).isEqualTo("skipped");
    assertThat(fails(Healing.begin(HealingTest.class), failure())).isTrue();
  }

  @Test
  void interruptedThread_waitsForNothing_andStaysInterrupted() {
    apply(Remedy.State.ACTIVE, 1, 3);
    Thread.currentThread().interrupt();

    assertThat(fails(Healing.begin(HealingTest.class), failure())).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  /** What an inner place has tried in vain, or left alone, is not tried again further out. */
  @Test
  void failureThatAnInnerPlaceDealtWith_isNotBegunAgain() {
    apply(Remedy.State.ACTIVE, 1, 3);
    IOException inner = failure();
    fails(null, inner);
    sink.accepted.clear();

    assertThat(fails(Healing.begin(HealingTest.class), new IOException(inner))).isFalse();
    assertThat(sink.accepted).isEmpty();
  }

  /** Three layers of three attempts would be 27. */
  @Test
  void failureThatAnInnerPlaceDealtWith_isNotBegunAgain_alsoWhereItIsNotTheCause() {
    apply(Remedy.State.ACTIVE, 1, 3);
    Object outer = Healing.begin(HealingTest.class);
    fails(null, failure());
    sink.accepted.clear();

    assertThat(fails(outer, failure())).isFalse();
    assertThat(sink.accepted).isEmpty();
    assertThat(fails(Healing.begin(HealingTest.class), failure())).as("the next one").isTrue();
  }

  @Test
  void placeThatThrowsTheSameExceptionAgain_isStillTried() {
    apply(Remedy.State.ACTIVE, 1, 3);
    IOException shared = failure();
    Object begun = Healing.begin(HealingTest.class);

    assertThat(fails(begun, shared)).isTrue();
    assertThat(fails(begun, shared)).isTrue();
  }

  private static boolean fails(@Nullable Object begun, Throwable thrown) {
    return Healing.failed(begun, () -> PLACE, HealingTest.class, thrown);
  }

  /** Always the same one, as far as its identity goes. */
  private static IOException failure() {
    return new IOException("the connection was reset");
  }

  private RemedyAttemptRecord attempt() {
    return sink.only(RemedyAttemptRecord.class);
  }

  /** For the failure of these tests. */
  private void apply(Remedy.State state, double share, int attempts) {
    apply(remedy(fingerprint, state, share, attempts), System.nanoTime() + MINUTE);
  }

  private static void apply(Remedy remedy, long until) {
    Healing.apply(new Remedies(1, Instant.MAX, List.of(remedy)), until);
  }

  private static Remedy remedy(long fingerprint, Remedy.State state, double share, int attempts) {
    return new Remedy(
        "R-000000000001", Remedy.retry(PLACE), fingerprint, state, share, attempts, 1, 1);
  }
}
