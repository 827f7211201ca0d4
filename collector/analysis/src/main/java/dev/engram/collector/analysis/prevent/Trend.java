package dev.engram.collector.analysis.prevent;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A line through points that outliers do not bend: the median of the slopes between all pairs
 * (Theil, A rank-invariant method of linear and polynomial regression analysis, 1950), and between
 * which slopes the true one lies (Sen, Estimates of the regression coefficient based on Kendall's
 * tau, Journal of the American Statistical Association 63, 1968). Points that follow their
 * neighbours tell less than independent ones: the variance grows by (1 + r) / (1 - r) of the
 * residuals' autocorrelation r (Bayley and Hammersley, The "effective" number of independent
 * observations in an autocorrelated time series, 1946).
 *
 * <p>What adds up, as leaks do, follows its neighbours so closely that this tells nothing. There
 * the points, when they keep close to their line, are those of a random walk with a drift: its
 * steps are independent, and tell how far off the slope may be.
 *
 * @param low negative infinity when there are too few points to say
 * @param high positive infinity then
 */
record Trend(double slope, double low, double high, double intercept) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double MOST_CORRELATION = 0.95;

  /** Of the rise, over how much of it the middle nine tenths of the residuals spread at most. */
  private static final double CLOSE = 0.15;

  /**
   * That of these points.
   *
   * @param times rising
   * @param levels as many, at least 2
   * @param wrong in how many of all cases the true slope may lie outside, on either side
   */
  static Trend of(double[] times, double[] levels, double wrong) {
    double[] slopes = slopes(times, levels);
    double slope = median(slopes);
    double[] rests = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      rests[i] = levels[i] - slope * times[i];
    }
    double intercept = median(sorted(rests));
    double sure = NORMAL.inverseSurvivalProbability(wrong);
    double reach = sure * Math.sqrt(variance(levels));
    int low = rank(slopes, reach * Math.sqrt(inflation(rests, intercept)));
    if (low >= 1) {
      return new Trend(slope, slopes[low - 1], slopes[slopes.length - low], intercept);
    }
    boolean isKnown = rank(slopes, reach) >= 1 && isClose(times, rests, slope);
    double off = isKnown ? sure * driftError(times, rests) : Double.POSITIVE_INFINITY;
    return new Trend(slope, slope - off, slope + off, intercept);
  }

  double at(double time) {
    return intercept + slope * time;
  }

  /** Of a sorted array, as the mean of the middle two where there are two. */
  static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double[] slopes(double[] times, double[] levels) {
    int points = times.length;
    double[] slopes = new double[points * (points - 1) / 2];
    int next = 0;
    for (int i = 0; i < points; i++) {
      for (int j = i + 1; j < points; j++) {
        slopes[next++] = (levels[j] - levels[i]) / (times[j] - times[i]);
      }
    }
    Arrays.sort(slopes);
    return slopes;
  }

  /** Less than 1 when there are too few slopes for this reach. */
  private static int rank(double[] slopes, double reach) {
    return (int) Math.floor((slopes.length - reach) / 2);
  }

  private static boolean isClose(double[] times, double[] rests, double slope) {
    double[] sorted = sorted(rests);
    int cut = sorted.length / 20;
    double spread = sorted[sorted.length - 1 - cut] - sorted[cut];
    return spread <= CLOSE * Math.abs(slope) * (times[times.length - 1] - times[0]);
  }

  /** The standard error of a drift, from the steps of what is left without it. */
  private static double driftError(double[] times, double[] rests) {
    double variance = 0;
    for (int i = 1; i < rests.length; i++) {
      double step = rests[i] - rests[i - 1];
      variance += step * step / (times[i] - times[i - 1]) / (rests.length - 1);
    }
    return Math.sqrt(variance / (times[times.length - 1] - times[0]));
  }

  /** Of Kendall's score, less where levels are the same (Kendall, Rank correlation methods). */
  private static double variance(double[] levels) {
    double[] sorted = sorted(levels);
    double variance = term(sorted.length);
    int same = 1;
    for (int i = 1; i <= sorted.length; i++) {
      if (i < sorted.length && sorted[i] == sorted[i - 1]) {
        same++;
      } else {
        variance -= term(same);
        same = 1;
      }
    }
    return variance;
  }

  private static double term(double count) {
    return count * (count - 1) * (2 * count + 5) / 18;
  }

  private static double inflation(double[] rests, double intercept) {
    double squares = 0;
    double products = 0;
    for (int i = 0; i < rests.length; i++) {
      double rest = rests[i] - intercept;
      squares += rest * rest;
      products += i == 0 ? 0 : rest * (rests[i - 1] - intercept);
    }
    double correlation =
        squares == 0 ? 0 : Math.min(MOST_CORRELATION, Math.max(0, products / squares));
    return (1 + correlation) / (1 - correlation);
  }
}
