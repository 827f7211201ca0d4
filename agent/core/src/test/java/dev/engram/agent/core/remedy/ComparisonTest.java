package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.remedy.CallWindow.Counts;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand. */
class ComparisonTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** In two seconds. */
  private static final Counts FREE = new Counts(2 * SECOND, 100, 100, 0);

  @ParameterizedTest(name = "{0} s, {1} answered, {2} refused, {3} s waited: {4}")
  @CsvSource({
    "2, 100, 50, 0, true",
    "2, 100, 51, 0, false",
    "4, 200, 100, 0, true",
    "4, 200, 101, 0, false",
    "2, 80, 0, 0, true",
    "2, 79, 0, 0, false",
    "3, 120, 0, 0, true",
    "3, 119, 0, 0, false",
    "2, 100, 0, 50, true",
    "2, 100, 0, 51, false",
    "2, 0, 0, 0, false"
  })
  void itHelps_whereHalfAsManyAreRefused_fourOfFiveAreAnswered_andNobodyWaitsForLong(
      long seconds, long answered, long refused, long waited, boolean helps) {
    Counts limited = new Counts(seconds * SECOND, answered, refused, waited * SECOND);

    assertThat(new Comparison(limited, FREE).helps()).isEqualTo(helps);
  }

  @Test
  void itHelpsNobody_whereLittleIsRefusedWithoutIt() {
    Counts limited = new Counts(2 * SECOND, 100, 0, 0);
    assertThat(new Comparison(limited, new Counts(2 * SECOND, 100, 10, 0)).helps()).isTrue();
    assertThat(new Comparison(limited, new Counts(2 * SECOND, 100, 9, 0)).helps()).isFalse();
  }

  /** Where all are refused at once there may be answers with a limit alone. */
  @Test
  void itHelps_whereNothingIsAnsweredWithoutIt() {
    Counts limited = new Counts(2 * SECOND, 40, 2, 0);
    assertThat(new Comparison(limited, new Counts(2 * SECOND, 0, 60, 0)).helps()).isTrue();
  }

  @Test
  void fewAnswers_sayNothing() {
    Counts free = new Counts(2 * SECOND, 10, 60, 0);
    assertThat(new Comparison(new Counts(2 * SECOND, 10, 0, 0), free).hasEnough()).isTrue();
    assertThat(new Comparison(new Counts(2 * SECOND, 9, 0, 0), free).hasEnough()).isFalse();
  }

  @Test
  void overloadIsOver_whereNeitherWindowHasMuchOfIt() {
    Counts much = new Counts(2 * SECOND, 100, 10, 0);
    Counts little = new Counts(2 * SECOND, 100, 9, 0);
    assertThat(new Comparison(little, little).isOver()).isTrue();
    assertThat(new Comparison(much, little).isOver()).isFalse();
    assertThat(new Comparison(little, much).isOver()).isFalse();
  }

  @Test
  void countsOfWindowsOfAnyLength_canBeCompared() {
    Counts counts = new Counts(8 * SECOND, 10, 40, 100);
    assertThat(counts.refusedIn(2 * SECOND)).isEqualTo(10);
    assertThat(counts.waitedNanosEach()).isEqualTo(2);
    assertThat(new Counts(0, 0, 0, 0))
        .returns(0, it -> it.refusedIn(SECOND))
        .returns(0L, Counts::waitedNanosEach);
  }
}
