package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.control.Remedy;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows with a limit and without, once a person has said that it may be tried. */
class ComparedWindowsTest {
  @RegisterExtension final PlayedOverload played = new PlayedOverload();

  @Test
  void windowsWithALimitAndWithout_areCompared_againAndAgain_inATrial() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.seconds(OverloadWatch.LASTING);
    assertThat(played.limit()).isNotNull();
    played.seconds(PlayedOverload.WINDOW);
    assertThat(played.limit()).isNull();
    assertThat(played.told()).as("there is nothing to compare it with yet").isEmpty();

    played.limitedFirst = false;
    played.seconds(PlayedOverload.WINDOW);
    assertThat(played.told())
        .containsExactly(
            PlayedOverload.of("control", "failed"), PlayedOverload.of("treated", "resolved"));
    assertThat(played.attempts())
        .as("refused in two seconds")
        .extracting(RemedyAttemptRecord::tries)
        .containsExactly(60, 0);
    assertThat(played.attempts()).allMatch(it -> it.traceIdLow() == 0 && it.fingerprint() == 0);
    assertThat(played.limit()).as("the other order").isNull();
    played.seconds(PlayedOverload.WINDOW);
    assertThat(played.limit()).isNotNull();
    played.seconds(PlayedOverload.WINDOW);
    assertThat(played.told()).hasSize(4).endsWith(PlayedOverload.of("treated", "resolved"));
  }

  @Test
  void limitThatHelpsNobody_isNoSuccess_andTheServiceIsLeftAloneForAWhile() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.refusedLimited = 30;
    played.seconds(OverloadWatch.LASTING + PlayedOverload.PAIR);

    assertThat(played.told())
        .containsExactly(
            PlayedOverload.of("control", "failed"), PlayedOverload.of("treated", "failed"));
    played.seconds(OverloadWatch.LEFT_ALONE + OverloadWatch.LASTING - 1);
    assertThat(played.limit()).isNull();
    played.seconds(1);
    assertThat(played.limit()).as("it is tried again").isNotNull();
  }

  /** Nothing is refused any more because hardly anything is asked any more. */
  @Test
  void limitThatHoldsAnswersBack_isHarm() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.answeredLimited = 7;
    played.seconds(OverloadWatch.LASTING + PlayedOverload.PAIR);

    assertThat(played.told()).endsWith(PlayedOverload.of("treated", "failed"));
    assertThat(played.limit()).isNull();
  }

  @Test
  void limitThatHelps_isKept_andComparedAgainNowAndThen_onceItIsActive() {
    PlayedOverload.apply(Remedy.State.ACTIVE);
    played.seconds(OverloadWatch.LASTING + PlayedOverload.PAIR);
    ConcurrencyLimit kept = played.limit();
    assertThat(kept).isNotNull();
    played.seconds(OverloadWatch.KEPT * PlayedOverload.WINDOW - 1);
    assertThat(played.limit()).isSameAs(kept);
    assertThat(played.told()).hasSize(2);

    played.refusedLimited = 30;
    played.seconds(1 + PlayedOverload.PAIR);
    assertThat(played.told()).hasSize(4).endsWith(PlayedOverload.of("treated", "failed"));
    assertThat(played.limit()).isNull();
  }

  /** Each comparison ends without a limit, or with one. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void limitThatIsKept_hasThePlacesThatWereLearnt(boolean first) {
    played.limitedFirst = first;
    PlayedOverload.apply(Remedy.State.ACTIVE);
    played.seconds(OverloadWatch.LASTING + (first ? 0 : PlayedOverload.WINDOW));
    ConcurrencyLimit learns = Objects.requireNonNull(played.limit());
    while (learns.limit() < 7) {
      learns.take();
      learns.answered();
    }
    played.seconds(first ? PlayedOverload.PAIR : PlayedOverload.WINDOW);

    assertThat(played.told()).endsWith(PlayedOverload.of("treated", "resolved"));
    assertThat(played.limit()).isNotNull().returns(7, ConcurrencyLimit::limit);
    assertThat(played.limit() == learns).as("nobody who waits is let go").isEqualTo(!first);
  }

  @Test
  void windowBegins_onceTheCallsFromBeforeHaveEnded_andCountsForAsLong() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    List<CallWindow> before = Stream.generate(played.peer()::begin).limit(100).toList();
    int settling = 5;
    played.seconds(OverloadWatch.LASTING + settling - 1);
    before.forEach(it -> played.peer().ended(it, LimitedCall.Outcome.REFUSED));
    played.seconds(1);
    played.seconds(settling - 1);
    assertThat(played.limit()).as("it counts still").isNotNull();
    played.seconds(1);
    assertThat(played.limit()).isNull();
    played.seconds(PlayedOverload.WINDOW);

    assertThat(played.told()).endsWith(PlayedOverload.of("treated", "resolved"));
    assertThat(played.attempts())
        .as("in two seconds")
        .last()
        .returns(0, RemedyAttemptRecord::tries);
  }

  @Test
  void callsThatLastForTooLong_sayNothing_andTheServiceIsLeftAloneForAWhile() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    Stream.generate(played.peer()::begin).limit(100).forEach(it -> assertThat(it).isNotNull());
    played.seconds(OverloadWatch.LASTING + OverloadWatch.LONGEST_SETTLING - 1);
    assertThat(played.told()).isEmpty();
    played.seconds(1);

    assertThat(played.told()).containsExactly(PlayedOverload.of("skipped", "failed"));
    played.seconds(OverloadWatch.LEFT_ALONE);
    assertThat(played.limit()).isNull();
    played.seconds(OverloadWatch.LASTING);
    assertThat(played.limit()).isNotNull();
    played.seconds(PlayedOverload.PAIR);
    assertThat(played.told())
        .as("they are forgotten")
        .endsWith(PlayedOverload.of("treated", "resolved"));
  }

  @Test
  void fewAnswers_sayNothing_andTheServiceIsLeftAloneForAWhile() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.answered = 1;
    played.answeredLimited = 1;
    played.seconds(OverloadWatch.LASTING + PlayedOverload.PAIR + OverloadWatch.LEFT_ALONE);

    assertThat(played.told()).containsExactly(PlayedOverload.of("skipped", "failed"));
    assertThat(played.limit()).isNull();
  }

  @Test
  void overloadThatIsOver_saysNothing_andIsLimitedNoLonger() {
    PlayedOverload.apply(Remedy.State.TRIAL);
    played.seconds(OverloadWatch.LASTING);
    played.refused = 0;
    played.seconds(PlayedOverload.PAIR);

    assertThat(played.told()).containsExactly(PlayedOverload.of("skipped", "failed"));
    assertThat(played.limit()).isNull();
    played.refused = 30;
    played.seconds(OverloadWatch.LASTING);
    assertThat(played.limit()).isNotNull();
  }
}
