package dev.engram.collector.server;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Intervals of figures: bugs are drawn again and again with replacement, as traces of one bug are
 * no independent samples, and the figure is taken of each draw (Efron's percentile interval).
 */
final class Bootstrap {
  private static final int DRAWS = 1000;

  private final List<double[]> draws;

  /**
   * A figure of traces, and between which values it lies in 95% of the draws.
   *
   * @param value of the traces as they are
   */
  record Figure(double value, double low, double high) {}

  private Bootstrap(List<double[]> draws) {
    this.draws = draws;
  }

  /** The same draws for the same traces. */
  static Bootstrap of(LabelledTraces labelled) {
    List<String> bugs = labelled.bugs();
    Random random = new Random(20260101);
    return new Bootstrap(
        IntStream.range(0, DRAWS).mapToObj(draw -> weights(labelled, bugs, random)).toList());
  }

  /** How often each trace is in the draw: as often as its bug. */
  private static double[] weights(LabelledTraces labelled, List<String> bugs, Random random) {
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < bugs.size(); i++) {
      drawn.merge(bugs.get(random.nextInt(bugs.size())), 1, Integer::sum);
    }
    return labelled.traces().stream()
        .mapToDouble(trace -> drawn.getOrDefault(trace.bug(), 0))
        .toArray();
  }

  /**
   * The figure with its interval.
   *
   * @param statistic of how often each trace counts
   */
  Figure figure(ToDoubleFunction<double[]> statistic) {
    double[] once = new double[draws.get(0).length];
    Arrays.fill(once, 1);
    double[] drawn = draws.stream().mapToDouble(statistic).sorted().toArray();
    return new Figure(
        statistic.applyAsDouble(once),
        drawn[(int) (0.025 * drawn.length)],
        drawn[(int) (0.975 * drawn.length)]);
  }
}
