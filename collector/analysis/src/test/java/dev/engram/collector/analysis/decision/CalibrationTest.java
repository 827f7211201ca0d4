package dev.engram.collector.analysis.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.collector.analysis.decision.Calibration.Point;
import dev.engram.collector.analysis.decision.Calibration.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Offset<Double> EXACTLY = within(1e-12);

  /** The example of scikit-learn's brier_score_loss, whose answer is 0.0375. */
  @Test
  void brierScore_isThatOfAPublishedExample() {
    List<Point> points = points(0.1, 0, 0.9, 1, 0.8, 1, 0.3, 0);

    assertThat(Calibration.of(points).brier()).isCloseTo(0.0375, EXACTLY);
  }

  /** The example of TorchMetrics' BinaryCalibrationError with two bins and the l1 norm: 0.2900. */
  @Test
  void expectedError_isThatOfAPublishedExample() {
    List<Point> points = points(0.25, 0, 0.25, 0, 0.55, 1, 0.75, 1, 0.75, 1);

    assertThat(Calibration.of(points, 2).expectedError()).isCloseTo(0.29, within(1e-9));
  }

  /**
   * Two bins of one confidence each: of four with 0.25 one succeeded, of four with 0.75 two.
   *
   * <p>Brier (1 * 0.5625 + 3 * 0.0625 + 2 * 0.0625 + 2 * 0.5625) / 8 = 0.25; the rate of all is
   * 3/8, uncertainty 15/64; reliability (4 * 0 + 4 * (0.5 - 0.75)^2) / 8 = 1/32; resolution (4 *
   * (1/4 - 3/8)^2 + 4 * (1/2 - 3/8)^2) / 8 = 1/64.
   */
  @Test
  void decomposition_isThatWorkedByHand() {
    List<Point> points =
        points(0.25, 1, 0.25, 0, 0.25, 0, 0.25, 0, 0.75, 1, 0.75, 1, 0.75, 0, 0.75, 0);

    Calibration calibration = Calibration.of(points);

    assertThat(calibration.brier()).isCloseTo(0.25, EXACTLY);
    assertThat(calibration.reliability()).isCloseTo(1.0 / 32, EXACTLY);
    assertThat(calibration.resolution()).isCloseTo(1.0 / 64, EXACTLY);
    assertThat(calibration.uncertainty()).isCloseTo(15.0 / 64, EXACTLY);
    assertThat(calibration.withinBins()).isCloseTo(0, EXACTLY);
    assertThat(calibration.expectedError()).isCloseTo(0.125, EXACTLY);
    assertThat(calibration.meanConfidence()).isCloseTo(0.5, EXACTLY);
  }

  @Test
  void parts_addUpToTheScore_whateverTheConfidences() {
    Random random = new Random(7);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      double confidence = random.nextDouble();
      points.add(new Point(confidence, random.nextDouble() < confidence * confidence));
    }

    Calibration it = Calibration.of(points);

    assertThat(it.reliability() - it.resolution() + it.uncertainty() + it.withinBins())
        .isCloseTo(it.brier(), within(1e-9));
    assertThat(it.withinBins()).isNotCloseTo(0, within(1e-6));
  }

  @Test
  void ends_areInTheOuterBins() {
    List<ReliabilityBin> bins = Calibration.of(points(0, 0, 1, 1, 0.95, 1, 0.1, 0)).bins();

    assertThat(bins).hasSize(10);
    assertThat(bins.get(0).success().of()).isEqualTo(1);
    assertThat(bins.get(1).success().of()).isEqualTo(1);
    assertThat(bins.get(9).success().of()).isEqualTo(2);
    assertThat(bins.get(5).meanConfidence()).isNaN();
  }

  @Test
  void bins_areShownFromTwentyOn_withTheirInterval() {
    assertThat(Calibration.of(repeated(0.9, 12, 19)).bins().get(9).isShown()).isFalse();

    ReliabilityBin bin = Calibration.of(repeated(0.9, 12, 20)).bins().get(9);
    assertThat(bin.isShown()).isTrue();
    assertThat(bin.success().low()).isCloseTo(0.38, within(0.005));
    assertThat(bin.success().high()).isCloseTo(0.78, within(0.005));
  }

  @Test
  void verdict_needsEnough_andAnIntervalThatLeavesTheConfidenceOut() {
    assertThat(Calibration.of(repeated(0.9, 2, 19)).verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(Calibration.of(repeated(0.9, 62, 100)).verdict()).isEqualTo(Verdict.OVERCONFIDENT);
    assertThat(Calibration.of(repeated(0.6, 62, 100)).verdict()).isEqualTo(Verdict.NO_SIGN);
    assertThat(Calibration.of(repeated(0.4, 62, 100)).verdict()).isEqualTo(Verdict.UNDERCONFIDENT);
  }

  @Test
  void nothing_hasNoFigures() {
    Calibration nothing = Calibration.of(List.of());

    assertThat(nothing.brier()).isNaN();
    assertThat(nothing.expectedError()).isNaN();
    assertThat(nothing.uncertainty()).isNaN();
    assertThat(nothing.verdict()).isEqualTo(Verdict.TOO_FEW);
  }

  private static List<Point> repeated(double confidence, int successes, int count) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(new Point(confidence, i < successes));
    }
    return points;
  }

  /** Confidence and outcome in turns. */
  private static List<Point> points(double... numbers) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 2) {
      points.add(new Point(numbers[i], numbers[i + 1] == 1));
    }
    return points;
  }
}
