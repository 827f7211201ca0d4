package dev.engram.integration.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one process took over time. Filled by one thread. */
public final class Footprint {
  private static final double MIB = 1 << 20;

  /** What is looked at, in the order of the report. */
  public enum Quantity {
    HEAP("heap after a collection", "MiB", 3),
    DIRECT("direct buffers", "MiB", 1),
    MAPPED("mapped files of the home", "MiB", 8),
    RESIDENT("resident memory", "MiB", 16),
    THREADS("threads", "threads", 2),
    DESCRIPTORS("file descriptors", "descriptors", 4);

    private final String title;
    private final String unit;
    private final double slack;

    Quantity(String title, String unit, double slack) {
      this.title = title;
      this.unit = unit;
      this.slack = slack;
    }

    public String title() {
      return title;
    }

    public String unit() {
      return unit;
    }

    double of(double bytesOrCount) {
      return unit.equals("MiB") ? bytesOrCount / MIB : bytesOrCount;
    }
  }

  private final List<Double> minutes = new ArrayList<>();
  private final Map<Quantity, List<Double>> values = new EnumMap<>(Quantity.class);

  /** Begins a new row; its values follow. */
  void at(Duration since) {
    minutes.add(since.toMillis() / 60e3);
  }

  void put(Quantity quantity, double bytesOrCount) {
    values.computeIfAbsent(quantity, absent -> new ArrayList<>()).add(quantity.of(bytesOrCount));
  }

  public List<Double> minutes() {
    return minutes;
  }

  public List<Double> values(Quantity quantity) {
    return values.get(quantity);
  }

  /** The median of the second half. */
  public double level(Quantity quantity) {
    return median(values(quantity).subList(half(), minutes.size()));
  }

  /** How much it rose in the second half, by the slope of Theil and Sen. */
  public double growth(Quantity quantity) {
    int last = minutes.size() - 1;
    return slope(quantity) * (minutes.get(last) - minutes.get(half()));
  }

  /** How much it may rise in that time: an absolute slack, or a twentieth of its level. */
  public double bound(Quantity quantity) {
    return Math.max(quantity.slack, level(quantity) / 20);
  }

  private int half() {
    return minutes.size() / 2;
  }

  /** The median of the slopes between any two, so that a few odd ones do not matter. */
  private double slope(Quantity quantity) {
    List<Double> slopes = new ArrayList<>();
    for (int i = half(); i < minutes.size(); i++) {
      for (int j = i + 1; j < minutes.size(); j++) {
        double rise = values(quantity).get(j) - values(quantity).get(i);
        slopes.add(rise / (minutes.get(j) - minutes.get(i)));
      }
    }
    return median(slopes);
  }

  private static double median(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
