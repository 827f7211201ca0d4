package dev.engram.collector.store.memory;

import dev.engram.collector.store.MeasurementRow;
import dev.engram.collector.store.MetricSummary;
import java.util.List;

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

  /** What readings of one metric share. */
  static List<Object> key(MetricSummary metric) {
    return List.of(metric.instance(), metric.name(), metric.unit(), metric.attributes());
  }

  /** The sum of these of one metric, at least one, which are in order of arrival. */
  static MetricSummary summary(List<MetricSummary> readings) {
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
