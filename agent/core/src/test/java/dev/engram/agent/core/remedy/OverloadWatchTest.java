package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a service counts as overloaded, and is limited. */
class OverloadWatchTest {
  @RegisterExtension final PlayedOverload played = new PlayedOverload();

  @Test
  void overload_isObserved_onceInAWhile_asLongAsNothingIsInForce() {
    played.seconds(OverloadWatch.LASTING - 1);
    assertThat(played.told()).isEmpty();

    played.seconds(1);
    assertThat(played.told()).containsExactly(PlayedOverload.of("observed", "failed"));
    played.seconds(OverloadWatch.LEFT_ALONE + OverloadWatch.LASTING);
    assertThat(played.told()).hasSize(2);
    assertThat(played.limit()).isNull();
  }

  @Test
  void fewRefusals_aBurst_andAServiceThatAnswersNothing_areNoCaseForIt() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.refused = CallWindow.REFUSED - 1;
    played.seconds(10);
    played.refused = 30;
    played.seconds(OverloadWatch.LASTING - 1);
    played.refused = 0;
    played.seconds(1);
    played.refused = 30;
    played.seconds(OverloadWatch.LASTING - 1);
    played.answered = 0;
    played.seconds(10);

    assertThat(played.limit()).isNull();
    assertThat(played.told()).isEmpty();
  }

  @Test
  void remedyThatIsWithdrawnOrExpired_orSwitchedOff_endsWithinALook() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.seconds(OverloadWatch.LASTING);
    assertThat(played.limit()).isNotNull();
    Healing.apply(Remedies.NONE, 0);
    played.seconds(1);
    assertThat(played.limit()).isNull();

    PlayedOverload.apply(Remedy.State.ACTIVE);
    played.seconds(OverloadWatch.LASTING + PlayedOverload.PAIR);
    assertThat(played.limit()).isNotNull();
    Healing.level(HealLevel.OBSERVE);
    played.seconds(1);
    assertThat(played.limit()).isNull();
  }

  @Test
  void approval_takesEffectAtOnce_alsoAfterAWithdrawal() {
    played.seconds(OverloadWatch.LASTING + 10);
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.refusedLimited = 30;
    played.seconds(1 + OverloadWatch.LASTING);
    assertThat(played.limit()).isNotNull();

    played.seconds(PlayedOverload.PAIR);
    assertThat(played.told()).endsWith(PlayedOverload.of("treated", "failed"));
    played.seconds(10);
    Healing.apply(Remedies.NONE, 0);
    played.seconds(1);
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.seconds(1 + OverloadWatch.LASTING);
    assertThat(played.limit()).isNotNull();
  }

  /** Between two looks. */
  @Test
  void limitThatWasReleased_isNoneAnyMore() {
    PlayedOverload.apply(Remedy.State.ACTIVE);
    played.seconds(OverloadWatch.LASTING + PlayedOverload.PAIR);
    ConcurrencyLimit released = Objects.requireNonNull(played.limit());
    played.peer().release();
    played.seconds(1);
    assertThat(played.limit()).isNull();

    played.seconds(OverloadWatch.LASTING);
    assertThat(played.limit()).isNotNull().isNotSameAs(released);
  }
}
