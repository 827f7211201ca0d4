package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.StoreReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in equal parts of a time.
 *
 * @param series by {@link Starts#key}
 */
record Window(
    long sinceEpochNanos, long untilEpochNanos, Starts starts, Map<List<Object>, Series> series) {
  static final int PARTS = 30;

  /** One grouped question a part: the store sums up, no reading is read. */
  static Window read(
      StoreReader reader, MetricFilter filter, Starts starts, long since, long until) {
    Window window = new Window(since, until, starts, new LinkedHashMap<>());
    for (int part = 0; part < PARTS; part++) {
      MetricFilter ofPart =
          new MetricFilter(
              window.partBegin(part),
              window.partBegin(part + 1),
              filter.service(),
              0,
              filter.where());
      for (MetricSummary metric : reader.metrics(ofPart)) {
        window.add(part, metric);
      }
    }
    return window;
  }

  private void add(int part, MetricSummary metric) {
    @Nullable MetricSummary[] parts =
        series
            .computeIfAbsent(
                starts.key(metric), key -> new Series(key, new @Nullable MetricSummary[PARTS]))
            .parts();
    MetricSummary other = parts[part];
    parts[part] = other == null ? metric : together(other, metric);
  }

  /** By the name of one that still runs, and of several of those always the same. */
  private MetricSummary together(MetricSummary one, MetricSummary other) {
    boolean isOneFirst =
        starts.hadEnded(one, untilEpochNanos) == starts.hadEnded(other, untilEpochNanos)
            ? MetricSummary.ORDER.compare(one, other) <= 0
            : !starts.hadEnded(one, untilEpochNanos);
    MetricSummary named = isOneFirst ? one : other;
    MetricSummary later = one.lastEpochNanos() >= other.lastEpochNanos() ? one : other;
    return new MetricSummary(
        named.service(),
        named.instance(),
        named.name(),
        named.unit(),
        named.attributes(),
        one.count() + other.count(),
        Math.min(one.min(), other.min()),
        Math.max(one.max(), other.max()),
        later.last(),
        later.lastEpochNanos());
  }

  /** Those of this name. */
  List<Series> named(String name) {
    List<Series> named = new ArrayList<>();
    series.values().stream().filter(it -> it.latest().name().equals(name)).forEach(named::add);
    return named;
  }

  /** Those of this name that went on to the end. */
  Stream<Series> alive(String name) {
    return named(name).stream()
        .filter(Series::goesOn)
        .filter(series -> !starts.hadEnded(series.latest(), untilEpochNanos));
  }

  /** The first of its parts after the warm-up of whatever is measured. */
  int firstWarm(Series series) {
    return starts.firstWarm(series.latest(), this);
  }

  double seconds() {
    return (untilEpochNanos - sinceEpochNanos) / 1e9;
  }

  /** When these parts begin, in seconds: there is the floor of what rises. */
  double[] begins(int[] present) {
    return IntStream.of(present).mapToDouble(part -> part * seconds() / PARTS).toArray();
  }

  /** When these parts end, in seconds: there is the last of their readings. */
  double[] ends(int[] present) {
    return IntStream.of(present).mapToDouble(part -> (part + 1) * seconds() / PARTS).toArray();
  }

  long partBegin(int part) {
    return sinceEpochNanos + (long) ((double) (untilEpochNanos - sinceEpochNanos) * part / PARTS);
  }
}
