package dev.engram.collector.store.memory;

import static java.util.stream.Collectors.groupingBy;

import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricSummary;
import java.util.List;
import java.util.stream.Stream;

/** Sums readings up. Pure. */
final class Metrics {
  private static final double NO_MINUS_ZERO = 0.0;

  private Metrics() {}

  /** One reading as a sum of its own. */
  static MetricSummary of(Arrived<MeasurementRow> reading, String service) {
    MeasurementRow row = reading.row();
    double value = row.value() + NO_MINUS_ZERO;
    return new MetricSummary(
        service,
        reading.instance(),
        row.name(),
        row.unit(),
        row.attributes(),
        1,
        value,
        value,
        value,
        row.timeEpochNanos());
  }

  /** One of each metric. */
  static Stream<MetricSummary> summaries(Stream<MetricSummary> readings) {
    return readings.collect(groupingBy(MetricSummary::key)).values().stream()
        .map(Metrics::summary)
        .sorted(MetricSummary.ORDER);
  }

  /** The sum of these of one metric, at least one, which are in order of arrival. */
  private static MetricSummary summary(List<MetricSummary> readings) {
    MetricSummary last = readings.get(0);
    double min = last.min();
    double max = last.max();
    for (MetricSummary reading : readings) {
      last = reading.lastEpochNanos() >= last.lastEpochNanos() ? reading : last;
      min = Math.min(min, reading.min());
      max = Math.max(max, reading.max());
    }
    return new MetricSummary(
        last.service(),
        last.instance(),
        last.name(),
        last.unit(),
        last.attributes(),
        readings.size(),
        min,
        max,
        last.last(),
        last.lastEpochNanos());
  }
}
