package dev.engram.collector.analysis.prevent;

import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.StoreReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What was measured in equal parts of a time.
 *
 * @param series by {@link MetricSummary#key()}
 */
record Window(long sinceEpochNanos, long untilEpochNanos, Map<List<Object>, Series> series) {
  static final int PARTS = 30;

  /** One grouped question a part: the store sums up, no reading is read. */
  static Window read(StoreReader reader, MetricFilter filter, long since, long until) {
    Map<List<Object>, Series> series = new LinkedHashMap<>();
    for (int part = 0; part < PARTS; part++) {
      MetricFilter ofPart =
          new MetricFilter(
              begin(since, until, part),
              begin(since, until, part + 1),
              filter.service(),
              0,
              filter.where());
      for (MetricSummary metric : reader.metrics(ofPart)) {
        series.computeIfAbsent(metric.key(), key -> new Series(metric, new MetricSummary[PARTS]))
                .parts()[part] =
            metric;
      }
    }
    return new Window(since, until, series);
  }

  /** Those of this name. */
  List<Series> named(String name) {
    List<Series> named = new ArrayList<>();
    series.values().stream().filter(it -> it.first().name().equals(name)).forEach(named::add);
    return named;
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
    return begin(sinceEpochNanos, untilEpochNanos, part);
  }

  private static long begin(long since, long until, int part) {
    return since + (long) ((double) (until - since) * part / PARTS);
  }
}
