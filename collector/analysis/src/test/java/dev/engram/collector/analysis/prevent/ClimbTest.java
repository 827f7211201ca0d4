package dev.engram.collector.analysis.prevent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Time goes from 0 to 1, and the limit is 1. */
class ClimbTest {
  private static final int SERIES = 2_000;
  private static final double[] TIMES =
      IntStream.range(0, Window.PARTS).mapToDouble(part -> (double) part / Window.PARTS).toArray();

  private final Random random = new Random(7);

  /** Makes up a series. */
  @FunctionalInterface
  private interface Shape {
    DoubleUnaryOperator draw();
  }

  @Test
  void flatLevel_andNoise_areNone() {
    assertThat(alarms(() -> time -> 0.9, 0)).isZero();
    assertThat(alarms(() -> time -> 0.6, 0.2)).isZero();
  }

  @Test
  void sawTooth_isNone_whateverItsPeriodAndPhase() {
    assertThat(
            alarms(
                () -> {
                  double period = 0.05 + 0.85 * random.nextDouble();
                  double phase = random.nextDouble();
                  return time -> 0.2 + 0.7 * ((time / period + phase) % 1);
                },
                0.02))
        .isLessThan(SERIES / 500);
  }

  @Test
  void warmUp_isNone_howeverSlow() {
    assertThat(
            alarms(
                () -> {
                  double slowness = 0.01 + 0.35 * random.nextDouble();
                  double plateau = 0.1 + 0.8 * random.nextDouble();
                  return time -> plateau * (1 - Math.exp(-time / slowness));
                },
                0.02))
        .isLessThan(SERIES / 500);
  }

  @Test
  void oneStepOrTwo_areNone() {
    assertThat(
            alarms(
                () -> {
                  double first = random.nextDouble();
                  double second = random.nextDouble();
                  return time -> 0.1 + (time > first ? 0.4 : 0) + (time > second ? 0.4 : 0);
                },
                0.02))
        .isLessThan(SERIES / 500);
  }

  @Test
  void dayAndNight_areNone() {
    assertThat(
            alarms(
                () -> {
                  double phase = 2 * Math.PI * random.nextDouble();
                  return time -> 0.5 + 0.3 * Math.sin(2 * Math.PI * time + phase);
                },
                0.05))
        .isZero();
  }

  @Test
  void wandering_isRarelyOne() {
    assertThat(
            alarms(
                () -> {
                  double[] levels = new double[Window.PARTS];
                  levels[0] = 0.3;
                  for (int i = 1; i < levels.length; i++) {
                    levels[i] = levels[i - 1] + 0.04 * random.nextGaussian();
                  }
                  return time -> levels[(int) Math.round(time * Window.PARTS)];
                },
                0))
        .isLessThan(SERIES / 50);
  }

  @Test
  void leak_isOne_whenHalfOfTheRoomIsGone_andNotBefore() {
    assertThat(alarms(() -> time -> 0.2 + 0.5 * time, 0.02)).isGreaterThan(SERIES * 9 / 10);
    assertThat(alarms(() -> time -> 0.2 + 0.3 * time, 0.02)).isZero();
  }

  /** Each part has its own number of leaks, and they stay. */
  @Test
  void leakThatAddsUp_isOne() {
    assertThat(alarms(() -> addingUp(2), 0)).isGreaterThan(SERIES * 7 / 10);
    assertThat(alarms(() -> addingUp(5), 0)).isGreaterThan(SERIES * 9 / 10);
    assertThat(alarms(() -> addingUp(50), 0)).isEqualTo(SERIES);
  }

  @Test
  void leakThatIsBent_orRipplesWithTheLoad_isOne() {
    assertThat(alarms(() -> time -> 0.2 + 0.62 * Math.pow(time, 1.1), 0)).isEqualTo(SERIES);
    assertThat(alarms(() -> time -> 0.2 + 0.62 * Math.pow(time, 1.2), 0)).isEqualTo(SERIES);
    assertThat(alarms(() -> time -> 0.2 + 0.6 * time + 0.03 * Math.sin(4 * Math.PI * time), 0.002))
        .isGreaterThan(SERIES * 9 / 10);
  }

  @Test
  void leakThatIsCountedInWholeNumbers_isOne() {
    assertThat(
            alarms(
                () -> {
                  double many = 300 + 2_700 * random.nextDouble();
                  return time -> 0.2 + 0.65 * Math.floor(many * time) / many;
                },
                0))
        .isEqualTo(SERIES);
  }

  @Test
  void rateOfALeakThatAddsUp_liesInTheInterval_almostAlways() {
    int missed = 0;
    for (int i = 0; i < SERIES; i++) {
      Trend trend = climb(addingUp(5), 0).map(Climb::trend).orElse(null);
      missed += trend == null || (trend.low() <= 0.65 && 0.65 <= trend.high()) ? 0 : 1;
    }
    assertThat(missed).isLessThan(SERIES / 10);
  }

  @Test
  void limit_isReachedWithinTheInterval_almostAlways() {
    int missed = 0;
    for (int i = 0; i < SERIES; i++) {
      double slope = 0.45 + 0.2 * random.nextDouble();
      Climb climb = climb(time -> 0.2 + slope * time, 0.02).orElse(null);
      if (climb != null) {
        double truth = 0.8 / slope - 1;
        boolean isHeld =
            climb.secondsUntil(1, climb.trend().high()) <= truth
                && truth <= climb.secondsUntil(1, climb.trend().low());
        missed += isHeld ? 0 : 1;
      }
    }
    assertThat(missed).isLessThan(SERIES / 50);
  }

  @Test
  void fewPoints_areNone() {
    double[] few = IntStream.range(0, Climb.LEAST_POINTS - 1).mapToDouble(i -> i).toArray();
    double[] enough = IntStream.range(0, Climb.LEAST_POINTS).mapToDouble(i -> i).toArray();

    assertThat(Climb.of(few, few, few.length)).isEmpty();
    assertThat(Climb.of(enough, enough, enough.length)).isPresent();
  }

  /** So many leaks a part at the mean, which fill .65 of the room in all. */
  private DoubleUnaryOperator addingUp(double mean) {
    double[] levels = new double[Window.PARTS];
    levels[0] = 0.2;
    for (int i = 1; i < levels.length; i++) {
      levels[i] = levels[i - 1] + poisson(mean) * 0.65 / Window.PARTS / mean;
    }
    return time -> levels[(int) Math.round(time * Window.PARTS)];
  }

  private int poisson(double mean) {
    int events = 0;
    for (double time = -Math.log(1 - random.nextDouble());
        time < mean;
        time -= Math.log(1 - random.nextDouble())) {
      events++;
    }
    return events;
  }

  private long alarms(Shape shape, double noise) {
    return IntStream.range(0, SERIES)
        .filter(i -> climb(shape.draw(), noise).filter(climb -> climb.reaches(1)).isPresent())
        .count();
  }

  private Optional<Climb> climb(DoubleUnaryOperator shape, double noise) {
    double[] levels = new double[TIMES.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = shape.applyAsDouble(TIMES[i]) + noise * random.nextGaussian();
    }
    return Climb.of(TIMES, levels, 1);
  }
}
