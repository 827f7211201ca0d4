package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at a pool of two connections that is used more and more. */
class WatchedPoolTest {
  private static final String ACTION = "resize pool shop/orders";
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MemorySink sink = new MemorySink();
  private final QueueingPool pool = new QueueingPool(2);
  private final WatchedPool watched = new WatchedPool("shop/orders", pool, QueueingPool.SIZING);
  private int most = 100;
  private long now;

  @BeforeEach
  void begin() {
    CaptureFixture.start(sink);
    Healing.start(className -> true, HealLevel.AUTO);
    pool.users = 1;
    look(60);
  }

  @AfterEach
  void end() {
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    Capture.stop();
  }

  @Test
  void poolThatIsTooSmall_isObserved_onceInAWhile_asLongAsNothingIsInForce() {
    pool.users = 4;
    look(WatchedPool.WAITED - 1);
    assertThat(told()).isEmpty();

    look(1);
    assertThat(told()).containsExactly(Tuple.tuple(ACTION, "observed", "failed"));
    look(WatchedPool.LEFT_ALONE + WatchedPool.WAITED);
    assertThat(told()).hasSize(2);
    assertThat(pool.max).isEqualTo(2);
  }

  @Test
  void poolThatIsTooSmall_isTwiceAsLarge_asLongAsItIsNeeded() {
    apply(Remedy.State.ACTIVE, 1);
    pool.users = 4;
    look(WatchedPool.WAITED);
    assertThat(pool.max).isEqualTo(4);

    look(WatchedPool.SETTLING + WatchedPool.JUDGED);
    assertThat(told()).containsExactly(Tuple.tuple(ACTION, "treated", "resolved"));
    look(500);
    assertThat(pool.max).as("they are used").isEqualTo(4);

    pool.users = 2;
    look(WatchedPool.QUIET - 1);
    assertThat(pool.max).isEqualTo(4);
    look(1);
    assertThat(pool.max).isEqualTo(2);
    assertThat(told()).hasSize(1);
  }

  @Test
  void burstThatIsOver_saysNothingOfALargerPool() {
    apply(Remedy.State.ACTIVE, 1);
    pool.users = 4;
    look(WatchedPool.WAITED);
    pool.users = 2;
    look(WatchedPool.SETTLING + WatchedPool.JUDGED);
    assertThat(told()).containsExactly(Tuple.tuple(ACTION, "skipped", "failed"));

    look(WatchedPool.QUIET);
    assertThat(pool.max).isEqualTo(2);
    assertThat(told()).hasSize(1);
  }

  /** With twice as many connections each takes twice as long. */
  @Test
  void databaseThatBearsNoMore_getsNoMore_forLong() {
    apply(Remedy.State.ACTIVE, 1);
    pool.atOnce = 2;
    pool.users = 8;
    look(WatchedPool.WAITED + WatchedPool.SETTLING + WatchedPool.JUDGED - 1);
    assertThat(pool.max).isEqualTo(4);

    look(1);
    assertThat(pool.max).isEqualTo(2);
    assertThat(told()).containsExactly(Tuple.tuple(ACTION, "treated", "failed"));
    look(WatchedPool.RESTING);
    assertThat(pool.max).isEqualTo(2);
    look(WatchedPool.WAITED);
    assertThat(pool.max).as("it is tried again").isEqualTo(4);
  }

  @Test
  void connectionsThatAreUsedStill_areNotTakenOutAgain_atEachLook() {
    apply(Remedy.State.ACTIVE, 1);
    pool.users = 4;
    look(WatchedPool.WAITED + WatchedPool.SETTLING + WatchedPool.JUDGED);
    pool.keeps = true;
    Healing.apply(Remedies.NONE, 0);
    look(WatchedPool.TAKEN_OUT);
    assertThat(pool.max).isEqualTo(2);
    assertThat(pool.discarded).isEqualTo(2);

    look(3);
    assertThat(pool.discarded).as("nobody has given them back for long").isEqualTo(4);
  }

  @Test
  void databaseThatRefusesMoreConnections_isNoProofThatTheyHelp() {
    apply(Remedy.State.ACTIVE, 1);
    pool.granted = 2;
    pool.users = 8;
    look(WatchedPool.WAITED);
    assertThat(pool.max).isEqualTo(4);

    look(WatchedPool.SETTLING + WatchedPool.JUDGED);
    assertThat(told()).containsExactly(Tuple.tuple(ACTION, "treated", "failed"));
    assertThat(pool.max).isEqualTo(2);
  }

  @Test
  void poolThatHelped_hasItsOwnSizeBack_onceTheDatabaseBearsItNoMore() {
    apply(Remedy.State.ACTIVE, 1);
    pool.users = 4;
    look(WatchedPool.WAITED + WatchedPool.SETTLING + WatchedPool.JUDGED);
    pool.users = 8;
    look(WatchedPool.JUDGED);
    assertThat(pool.max).as("they wait, and none is used for longer").isEqualTo(4);

    pool.atOnce = 1;
    look(WatchedPool.JUDGED);
    assertThat(pool.max).isEqualTo(2);
    assertThat(told())
        .containsExactly(
            Tuple.tuple(ACTION, "treated", "resolved"), Tuple.tuple(ACTION, "treated", "failed"));
  }

  @Test
  void databaseThatIsSlowerThanUsual_isNoReason() {
    apply(Remedy.State.ACTIVE, 1);
    pool.useNanos *= 2;
    pool.users = 4;
    look(100);

    assertThat(pool.max).isEqualTo(2);
    assertThat(told()).isEmpty();
  }

  @Test
  void poolOfWhichNothingIsKnown_isLeftAlone() {
    QueueingPool young = new QueueingPool(2);
    WatchedPool unknown = new WatchedPool("shop/orders", young, QueueingPool.SIZING);
    apply(Remedy.State.ACTIVE, 1);
    young.users = 4;
    for (int i = 0; i < 100; i++) {
      young.pass(unknown);
      now += SECOND;
      unknown.beat(now, most);
    }

    assertThat(young.max).isEqualTo(2);
    assertThat(told()).isEmpty();
  }

  @Test
  void poolIsNeverLargerThanItMayBe() {
    apply(Remedy.State.ACTIVE, 1);
    most = 3;
    pool.users = 4;
    look(WatchedPool.WAITED);
    assertThat(pool.max).isEqualTo(3);

    most = 2;
    Healing.apply(Remedies.NONE, 0);
    look(1);
    apply(Remedy.State.ACTIVE, 1);
    look(WatchedPool.LEFT_ALONE + WatchedPool.WAITED);
    assertThat(pool.max).isEqualTo(2);
  }

  @Test
  void trial_leavesAShareAlone() {
    apply(Remedy.State.TRIAL, 0);
    pool.users = 4;
    look(WatchedPool.WAITED);

    assertThat(pool.max).isEqualTo(2);
    assertThat(told()).containsExactly(Tuple.tuple(ACTION, "control", "failed"));
  }

  @Test
  void remedyThatEnds_givesThePoolItsOwnSizeBack_andTakesOutWhatIsTooMuch() {
    enlarged();
    Healing.apply(Remedies.NONE, 0);
    look(1);
    assertThat(pool.max).isEqualTo(2);
    assertThat(pool.total).isEqualTo(4);

    look(3);
    assertThat(pool.total).isEqualTo(2);
    look(10);
    assertThat(pool.total).as("no more than these").isEqualTo(2);
  }

  @Test
  void switchedOff_itHasItsOwnSizeBackAtOnce() {
    enlarged();
    watched.end();
    assertThat(pool.max).isEqualTo(2);
    assertThat(watched.shrinks()).isTrue();

    for (int i = 0; i < 3; i++) {
      pool.pass(watched);
      watched.end();
    }
    assertThat(pool.total).isEqualTo(2);
    assertThat(watched.shrinks()).isFalse();
  }

  @Test
  void sizeThatTheApplicationHasChangedMeanwhile_isItsOwn() {
    enlarged();
    pool.max = 7;
    look(1);
    assertThat(pool.max).isEqualTo(7);
    watched.end();
    assertThat(pool.max).isEqualTo(7);
    assertThat(watched.shrinks()).isFalse();
  }

  private void enlarged() {
    apply(Remedy.State.ACTIVE, 1);
    pool.users = 4;
    look(WatchedPool.WAITED + WatchedPool.SETTLING + WatchedPool.JUDGED);
    assertThat(pool.max).isEqualTo(4);
    assertThat(pool.total).isEqualTo(4);
  }

  /** One each second. */
  private void look(int times) {
    for (int i = 0; i < times; i++) {
      pool.pass(watched);
      now += SECOND;
      watched.beat(now, most);
    }
  }

  private List<Tuple> told() {
    return sink.all(RemedyAttemptRecord.class).stream()
        .map(it -> Tuple.tuple(it.remedyId(), it.arm(), it.result()))
        .toList();
  }

  private static void apply(Remedy.State state, double share) {
    Remedy remedy = new Remedy("R-000000000001", ACTION, 0, state, share);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
