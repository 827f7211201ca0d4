package dev.engram.collector.analysis.prevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final int POINTS = 30;
  private static final int SERIES = 2_000;

  @Test
  void line_isFound_thoughAThirdOfItsPointsLieElsewhere() {
    double[] levels = levels(point -> point % 3 == 0 ? 1e6 : 5 + 2.0 * point);

    Trend trend = Trend.of(times(), levels, 0.001);

    assertThat(trend.slope()).isCloseTo(2, within(0.5));
    assertThat(Trend.of(times(), levels(point -> 5 + 2.0 * point), 0.001).at(10)).isEqualTo(25);
  }

  /** As Sen's own interval has it for points without ties. */
  @Test
  void interval_isBetweenTheRanksThatKendallsVarianceGives() {
    double[] times = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[] levels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 20};

    Trend trend = Trend.of(times, levels, 0.025);

    // 45 slopes; sqrt(125) * 1.96 = 21.9, so the 11th from either end.
    assertThat(trend.slope()).isEqualTo(1);
    assertThat(trend.low()).isEqualTo(1);
    assertThat(trend.high()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void interval_isUnknown_ofFewPoints() {
    Trend trend = Trend.of(new double[] {1, 2, 3}, new double[] {1, 2, 3}, 0.001);

    assertThat(trend.low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(trend.high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void interval_holdsTheTrueSlope_asOftenAsItSays() {
    assertThat(outside(0, 0.025)).isBetween(SERIES / 50, SERIES * 8 / 100);
  }

  /** Without the correction a fifth of them would lie outside. */
  @Test
  void interval_isWider_wherePointsFollowTheirNeighbours() {
    assertThat(outside(0.5, 0.025)).isLessThan(SERIES * 15 / 100);
  }

  @Test
  void levelThatStays_hasNoSlope() {
    Trend trend = Trend.of(times(), levels(point -> 7), 0.001);

    assertThat(trend.slope()).isZero();
    assertThat(trend.low()).isLessThanOrEqualTo(0);
  }

  private static int outside(double correlation, double wrong) {
    Random random = new Random(42);
    int outside = 0;
    for (int i = 0; i < SERIES; i++) {
      double[] noise = new double[POINTS];
      for (int point = 0; point < POINTS; point++) {
        noise[point] =
            (point == 0 ? 0 : correlation * noise[point - 1]) + 10 * random.nextGaussian();
      }
      Trend trend = Trend.of(times(), levels(point -> 3.0 * point + noise[point]), wrong);
      outside += trend.low() > 3 || trend.high() < 3 ? 1 : 0;
    }
    return outside;
  }

  private static double[] times() {
    return levels(point -> point);
  }

  private static double[] levels(IntToDoubleFunction level) {
    return IntStream.range(0, POINTS).mapToDouble(level).toArray();
  }
}
