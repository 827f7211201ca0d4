package dev.engram.benchmarks.measure;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The values of one cell, in the order of the rounds.
 *
 * @param values NaN where a round has none
 */
public record Rounds(List<Double> values) {
  public boolean isEmpty() {
    return sorted().length == 0;
  }

  /** NaN when there are none. */
  public double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** NaN when there are none. */
  public double min() {
    return stream().min().orElse(Double.NaN);
  }

  /** NaN when there are none. */
  public double max() {
    return stream().max().orElse(Double.NaN);
  }

  /** How many rounds have a value. */
  public int count() {
    return sorted().length;
  }

  /** Each round's value less the baseline's of the same round. */
  public Rounds minus(Rounds baseline) {
    return with(baseline, (value, base) -> value - base);
  }

  /** Each round's value over the baseline's of the same round. */
  public Rounds over(Rounds baseline) {
    return with(baseline, (value, base) -> base == 0 ? Double.NaN : value / base);
  }

  private Rounds with(Rounds other, DoubleBinaryOperator join) {
    int shared = Math.min(values.size(), other.values.size());
    return new Rounds(
        IntStream.range(0, shared)
            .mapToObj(i -> join.applyAsDouble(values.get(i), other.values.get(i)))
            .toList());
  }

  private double[] sorted() {
    return stream().sorted().toArray();
  }

  private DoubleStream stream() {
    return values.stream().mapToDouble(Double::doubleValue).filter(value -> !Double.isNaN(value));
  }
}
