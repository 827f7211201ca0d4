package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.remedy.CallWindow.Counts;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at a service that refuses most of its calls as long as there is no limit. */
class LimitedPeerTest {
  private static final String PLACE = "http a:80";
  private static final String ACTION = "limit " + PLACE;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int WINDOW = LimitedPeer.SETTLING + LimitedPeer.COUNTED;
  private static final int PAIR = 2 * WINDOW;

  private final MemorySink sink = new MemorySink();
  private boolean limitedFirst = true;
  private final LimitedPeer peer = new LimitedPeer(PLACE, 0, () -> limitedFirst);
  private long now;

  /** In a second; each pair without a limit, and with one. */
  private int answered = 10;

  private int answeredLimited = 10;
  private int refused = 30;
  private int refusedLimited;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
  }

  @AfterEach
  void end() {
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  @Test
  void overload_isObserved_onceInAWhile_asLongAsNothingIsInForce() {
    seconds(LimitedPeer.LASTING - 1);
    assertThat(told()).isEmpty();

    seconds(1);
    assertThat(told()).containsExactly(tuple(ACTION, "observed", "failed"));
    seconds(LimitedPeer.LEFT_ALONE + LimitedPeer.LASTING);
    assertThat(told()).hasSize(2);
    assertThat(peer.limit()).isNull();
  }

  @Test
  void fewRefusals_aBurst_andAServiceThatAnswersNothing_areNoCaseForIt() {
    apply(Remedy.State.TRIAL);
    refused = LimitedPeer.REFUSED - 1;
    seconds(10);
    refused = 30;
    seconds(LimitedPeer.LASTING - 1);
    refused = 0;
    seconds(1);
    refused = 30;
    seconds(LimitedPeer.LASTING - 1);
    answered = 0;
    seconds(10);

    assertThat(peer.limit()).isNull();
    assertThat(told()).isEmpty();
  }

  @Test
  void windowsWithALimitAndWithout_areCompared_againAndAgain_inATrial() {
    apply(Remedy.State.TRIAL);
    seconds(LimitedPeer.LASTING);
    assertThat(peer.limit()).isNotNull();
    seconds(WINDOW);
    assertThat(peer.limit()).isNull();
    assertThat(told()).as("there is nothing to compare it with yet").isEmpty();

    limitedFirst = false;
    seconds(WINDOW);
    assertThat(told())
        .containsExactly(tuple(ACTION, "control", "failed"), tuple(ACTION, "treated", "resolved"));
    assertThat(attempts())
        .as("refused in two seconds")
        .extracting(RemedyAttemptRecord::tries)
        .containsExactly(60, 0);
    assertThat(attempts()).allMatch(it -> it.traceIdLow() == 0 && it.fingerprint() == 0);
    assertThat(peer.limit()).as("the other order").isNull();
    seconds(WINDOW);
    assertThat(peer.limit()).isNotNull();
    seconds(WINDOW);
    assertThat(told()).hasSize(4).endsWith(tuple(ACTION, "treated", "resolved"));
  }

  @Test
  void limitThatHelpsNobody_isNoSuccess_andTheServiceIsLeftAloneForAWhile() {
    apply(Remedy.State.TRIAL);
    refusedLimited = 30;
    seconds(LimitedPeer.LASTING + PAIR);

    assertThat(told())
        .containsExactly(tuple(ACTION, "control", "failed"), tuple(ACTION, "treated", "failed"));
    seconds(LimitedPeer.LEFT_ALONE);
    assertThat(peer.limit()).isNull();
    seconds(LimitedPeer.LASTING);
    assertThat(peer.limit()).as("it is tried again").isNotNull();
  }

  /** Nothing is refused any more because hardly anything is asked any more. */
  @Test
  void limitThatHoldsAnswersBack_isHarm() {
    apply(Remedy.State.TRIAL);
    answeredLimited = 7;
    seconds(LimitedPeer.LASTING + PAIR);

    assertThat(told()).endsWith(tuple(ACTION, "treated", "failed"));
    assertThat(peer.limit()).isNull();
  }

  @Test
  void limitThatHelps_isKept_andComparedAgainNowAndThen_onceItIsActive() {
    apply(Remedy.State.ACTIVE);
    seconds(LimitedPeer.LASTING + PAIR);
    ConcurrencyLimit kept = peer.limit();
    assertThat(kept).isNotNull();
    seconds(LimitedPeer.KEPT - 1);
    assertThat(peer.limit()).isSameAs(kept);
    assertThat(told()).hasSize(2);

    refusedLimited = 30;
    seconds(1 + PAIR);
    assertThat(told()).hasSize(4).endsWith(tuple(ACTION, "treated", "failed"));
    assertThat(peer.limit()).isNull();
  }

  @Test
  void overloadThatIsOver_saysNothing_andIsLimitedNoLonger() {
    apply(Remedy.State.TRIAL);
    seconds(LimitedPeer.LASTING);
    refused = 0;
    seconds(PAIR);

    assertThat(told()).containsExactly(tuple(ACTION, "skipped", "failed"));
    assertThat(peer.limit()).isNull();
    refused = 30;
    seconds(LimitedPeer.LASTING);
    assertThat(peer.limit()).isNotNull();
  }

  @Test
  void remedyThatIsWithdrawnOrExpired_orSwitchedOff_endsWithinALook() {
    apply(Remedy.State.TRIAL);
    seconds(LimitedPeer.LASTING);
    assertThat(peer.limit()).isNotNull();
    Healing.apply(Remedies.NONE, 0);
    seconds(1);
    assertThat(peer.limit()).isNull();

    seconds(LimitedPeer.LEFT_ALONE);
    apply(Remedy.State.ACTIVE);
    seconds(LimitedPeer.LASTING + PAIR);
    assertThat(peer.limit()).isNotNull();
    Healing.level(HealLevel.OBSERVE);
    seconds(1);
    assertThat(peer.limit()).isNull();
  }

  /** The places of the latest limit are where the next one begins. */
  @Test
  void limit_goesOnWhereTheOneBeforeHasEnded() {
    apply(Remedy.State.TRIAL);
    seconds(LimitedPeer.LASTING);
    ConcurrencyLimit first = Objects.requireNonNull(peer.limit());
    while (first.limit() < 7) {
      first.take();
      first.answered();
    }
    seconds(PAIR);

    assertThat(peer.limit()).isNotNull().isNotSameAs(first).returns(7, ConcurrencyLimit::limit);
    assertThat(peer.limit()).returns(0, ConcurrencyLimit::underWay);
  }

  @Test
  void callOfAnotherWindow_saysNothingOfThisOne() {
    apply(Remedy.State.TRIAL);
    List<LimitedCall> before = Stream.generate(peer::begin).limit(100).toList();
    seconds(LimitedPeer.LASTING + LimitedPeer.SETTLING);
    before.forEach(it -> it.ended(LimitedCall.Outcome.REFUSED));
    seconds(PAIR - LimitedPeer.SETTLING);

    assertThat(told()).endsWith(tuple(ACTION, "treated", "resolved"));
  }

  /** By hand. */
  @Test
  void itHelps_whereHalfOfTheShareIsRefused_fourOfFiveAreAnswered_andNobodyWaitsForLong() {
    Counts free = new Counts(2 * SECOND, 100, 100, 0);
    long none = 0;
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 90, 30, none), free)).isTrue();
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 90, 31, none), free)).isFalse();
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 80, 0, none), free)).isTrue();
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 79, 0, none), free)).isFalse();
    assertThat(LimitedPeer.helps(new Counts(3 * SECOND, 100, 0, none), free))
        .as("in a longer time")
        .isFalse();
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 100, 0, 50 * SECOND), free)).isTrue();
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 100, 0, 51 * SECOND), free)).isFalse();
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 0, 0, 0), free)).isFalse();
    assertThat(LimitedPeer.helps(new Counts(2 * SECOND, 100, 0, 0), new Counts(SECOND, 9, 9, 0)))
        .as("nothing was refused to speak of")
        .isFalse();
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      boolean limited = peer.limit() != null;
      calls(limited ? answeredLimited : answered, LimitedCall.Outcome.ANSWERED);
      calls(limited ? refusedLimited : refused, LimitedCall.Outcome.REFUSED);
      now += SECOND;
      peer.beat(now);
    }
  }

  private void calls(int count, LimitedCall.Outcome outcome) {
    for (int i = 0; i < count; i++) {
      peer.begin().ended(outcome);
    }
  }

  private List<RemedyAttemptRecord> attempts() {
    return sink.all(RemedyAttemptRecord.class);
  }

  private List<Tuple> told() {
    return attempts().stream().map(it -> tuple(it.remedyId(), it.arm(), it.result())).toList();
  }

  private static void apply(Remedy.State state) {
    Remedy remedy = new Remedy("R-000000000001", ACTION, 0, state, 0.5);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
