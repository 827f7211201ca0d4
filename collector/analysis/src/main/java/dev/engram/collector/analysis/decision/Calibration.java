package dev.engram.collector.analysis.decision;

import dev.engram.collector.analysis.Proportion;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidences come true: of what was decided with a confidence of 0.9, nine of ten should
 * succeed.
 *
 * <p>The Brier score is the mean of (p - y)&sup2; over confidences p and outcomes y, 1 for success
 * (Brier, Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 78,
 * 1950). It is {@code reliability - resolution + uncertainty} (Murphy, A New Vector Partition of
 * the Probability Score, Journal of Applied Meteorology 12, 1973) where each bin has one
 * confidence; else {@code withinBins} has to be added (Stephenson, Coelho and Jolliffe, Two Extra
 * Components in the Brier Score Decomposition, Weather and Forecasting 23, 2008). The expected
 * calibration error is the mean over decisions of |success rate - mean confidence| of their bin
 * (Guo et al., On Calibration of Modern Neural Networks, ICML 2017, equation 5).
 *
 * @param meanConfidence NaN when there is no decision; so are all that follow but the bins
 * @param brier from 0, which is perfect, to 1
 * @param reliability how far bins are off, squared; 0 is perfect
 * @param resolution how far bins differ from the rate of all; more is better
 * @param uncertainty of the outcomes themselves: rate * (1 - rate)
 * @param withinBins what differs inside bins: the variance of confidences less twice their
 *     covariance with outcomes
 * @param expectedError the expected calibration error, ECE
 * @param success how many succeeded of those with a confidence and a known outcome
 * @param bins of equal width, from 0 to 1
 */
public record Calibration(
    double meanConfidence,
    double brier,
    double reliability,
    double resolution,
    double uncertainty,
    double withinBins,
    double expectedError,
    Proportion success,
    List<ReliabilityBin> bins) {
  private static final int BINS = 10;

  /** One decision of which both are known. */
  public record Point(double confidence, boolean success) {}

  /** What the figures say, if anything. */
  public enum Verdict {
    /** Fewer than {@link ReliabilityBin#SHOWN_FROM}. */
    TOO_FEW,
    /** The mean confidence lies above the interval of the success rate. */
    OVERCONFIDENT,
    /** It lies below. */
    UNDERCONFIDENT,
    /** It lies within. */
    NO_SIGN
  }

  /** Of these points. */
  public static Calibration of(List<Point> points) {
    return of(points, BINS);
  }

  static Calibration of(List<Point> points, int binCount) {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < binCount; i++) {
      bins.add(new Bin());
    }
    for (Point point : points) {
      int bin = (int) (point.confidence() * binCount);
      bins.get(Math.min(binCount - 1, bin)).add(point);
    }
    return new Sums(points, bins).calibration();
  }

  public Verdict verdict() {
    if (success.of() < ReliabilityBin.SHOWN_FROM) {
      return Verdict.TOO_FEW;
    }
    if (meanConfidence > success.high()) {
      return Verdict.OVERCONFIDENT;
    }
    return meanConfidence < success.low() ? Verdict.UNDERCONFIDENT : Verdict.NO_SIGN;
  }

  /** The points of one bin. */
  private static final class Bin {
    private final List<Point> points = new ArrayList<>();
    private double confidences;
    private long successes;

    void add(Point point) {
      points.add(point);
      confidences += point.confidence();
      successes += point.success() ? 1 : 0;
    }

    double meanConfidence() {
      return points.isEmpty() ? Double.NaN : confidences / points.size();
    }

    double rate() {
      return points.isEmpty() ? Double.NaN : (double) successes / points.size();
    }

    /** Sum over its points of the squared distance of confidences less twice the common one. */
    double within() {
      double sum = 0;
      for (Point point : points) {
        double distance = point.confidence() - meanConfidence();
        sum += distance * distance - 2 * distance * (y(point) - rate());
      }
      return sum;
    }
  }

  /** Means over all points. */
  private record Sums(List<Point> points, List<Bin> bins) {
    Calibration calibration() {
      long successes = points.stream().filter(Point::success).count();
      double rate = points.isEmpty() ? Double.NaN : (double) successes / points.size();
      double brier = 0;
      double confidence = 0;
      for (Point point : points) {
        brier += squared(point.confidence() - y(point));
        confidence += point.confidence();
      }
      double reliability = 0;
      double resolution = 0;
      double within = 0;
      double error = 0;
      for (Bin bin : bins) {
        int size = bin.points.size();
        if (size > 0) {
          double gap = bin.rate() - bin.meanConfidence();
          reliability += size * squared(gap);
          resolution += size * squared(bin.rate() - rate);
          error += size * Math.abs(gap);
          within += bin.within();
        }
      }
      return new Calibration(
          mean(confidence),
          mean(brier),
          mean(reliability),
          mean(resolution),
          rate * (1 - rate),
          mean(within),
          mean(error),
          new Proportion(successes, points.size()),
          shown());
    }

    private double mean(double sum) {
      return points.isEmpty() ? Double.NaN : sum / points.size();
    }

    private List<ReliabilityBin> shown() {
      List<ReliabilityBin> shown = new ArrayList<>();
      for (int i = 0; i < bins.size(); i++) {
        Bin bin = bins.get(i);
        shown.add(
            new ReliabilityBin(
                (double) i / bins.size(),
                (i + 1.0) / bins.size(),
                bin.meanConfidence(),
                new Proportion(bin.successes, bin.points.size())));
      }
      return List.copyOf(shown);
    }
  }

  private static double y(Point point) {
    return point.success() ? 1 : 0;
  }

  private static double squared(double number) {
    return number * number;
  }
}
