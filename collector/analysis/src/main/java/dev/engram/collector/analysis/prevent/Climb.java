package dev.engram.collector.analysis.prevent;

import java.util.Arrays;
import java.util.Optional;

/**
 * A level that rises steadily, and not as something does that warms up, is loaded once, or goes up
 * and down.
 *
 * @param first when its line begins, in seconds
 * @param middle the median of its points' times
 * @param now when its line ends
 */
record Climb(Trend trend, double first, double middle, double now) {
  /** Fewer points say nothing. */
  static final int LEAST_POINTS = 20;

  /** There are many instances and many resources, and they are looked at again and again. */
  private static final double WRONG = 0.0001;

  /** Of the rise between the middles of its thirds, the smaller to the greater. */
  private static final double STEADY = 0.5;

  /**
   * That of these points; empty when they do not rise beyond noise, or not steadily.
   *
   * @param times in seconds, rising
   * @param now where the line ends, not before the last of them
   */
  static Optional<Climb> of(double[] times, double[] levels, double now) {
    if (times.length < LEAST_POINTS || !isSteady(levels)) {
      return Optional.empty();
    }
    Trend trend = Trend.of(times, levels, WRONG);
    if (trend.low() <= 0) {
      return Optional.empty();
    }
    return Optional.of(new Climb(trend, times[0], Trend.median(times), now));
  }

  /**
   * Whether it reaches the limit, if it goes on, no later than it has been watched. No forecast
   * reaches further than what it is made from: half of the room that there was is gone.
   */
  boolean reaches(double limit) {
    return secondsUntil(limit, trend.slope()) <= seconds();
  }

  /** The level where its line begins. */
  double start() {
    return trend.at(first);
  }

  /** The level where its line ends. */
  double end() {
    return trend.at(now);
  }

  /** How long it was watched. */
  double seconds() {
    return now - first;
  }

  /**
   * How long until then, by a line of this slope through the middle of the points; 0 when it is
   * there.
   */
  double secondsUntil(double limit, double slope) {
    return Math.max(0, (limit - trend.at(middle)) / slope - (now - middle));
  }

  private static boolean isSteady(double[] levels) {
    int third = levels.length / 3;
    double first = middle(levels, 0, third);
    double second = middle(levels, third, levels.length - third);
    double last = middle(levels, levels.length - third, levels.length);
    double early = second - first;
    double late = last - second;
    return Math.min(early, late) > 0 && Math.min(early, late) >= STEADY * Math.max(early, late);
  }

  private static double middle(double[] levels, int from, int to) {
    return Trend.median(Trend.sorted(Arrays.copyOfRange(levels, from, to)));
  }
}
