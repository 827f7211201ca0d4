package dev.engram.collector.analysis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.store.Durations;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingTest {
  /**
   * By hand: of 9 durations 1 to 9 the ranks are c = round(5 - 3) = 2 and 8; below rank 2 of a
   * binomial(9, 1/2) lies (1 + 9) / 512 = 0.0195, whose normal deviate is 2.0639; so the error is
   * (ln 8 - ln 2) / (2 * 2.0639) = 0.3358.
   */
  @Test
  void errorOfTheMedian_isThatOfTheWorkedExample() {
    Durations durations = new Durations();
    for (int nanos = 9; nanos >= 1; nanos--) {
      durations.add(nanos);
    }

    Timing timing = Timing.of(durations);

    assertThat(timing.count()).isEqualTo(9);
    assertThat(timing.medianNanos()).isEqualTo(5);
    assertThat(timing.logError()).isCloseTo(0.3358, within(0.0005));
  }

  @Test
  void zeroAndSingleDurations_haveALogarithmAllTheSame() {
    Durations one = new Durations();
    one.add(0);

    Timing timing = Timing.of(one);

    assertThat(timing.medianNanos()).isEqualTo(1);
    assertThat(timing.logError()).isZero();
  }

  /** What the interval promises: of runs alike, so few are called slower by chance. */
  @Test
  void runsAlike_areSeldomCalledSlower_andSlowerOnesOften() {
    Random random = new Random(7);
    int alike = 0;
    int slower = 0;
    for (int i = 0; i < 2_000; i++) {
      Timing before = sample(random, 1);
      alike += sample(random, 1).slowerAtLeast(before, 0.05) > 1 ? 1 : 0;
      slower += sample(random, 2).slowerAtLeast(before, 0.05) > 1 ? 1 : 0;
    }

    assertThat(alike).isBetween(40, 140);
    assertThat(slower).isGreaterThan(1_900);
  }

  /** Skewed, as durations are. */
  private static Timing sample(Random random, double factor) {
    Durations durations = new Durations();
    for (int i = 0; i < 40; i++) {
      durations.add((long) (factor * 1e6 * Math.exp(0.5 * random.nextGaussian())));
    }
    return Timing.of(durations);
  }
}
