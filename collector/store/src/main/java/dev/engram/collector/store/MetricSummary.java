package dev.engram.collector.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the readings of one metric of one instance came to; readings that are no number do not
 * count.
 *
 * @param attributes which of several of that name it is
 * @param count readings, at least 1
 * @param last the latest by time, then by arrival
 */
public record MetricSummary(
    String service,
    InstanceId instance,
    String name,
    String unit,
    Map<String, Object> attributes,
    long count,
    double min,
    double max,
    double last,
    long lastEpochNanos) {
  /** By service, instance and name. */
  public static final Comparator<MetricSummary> ORDER =
      Comparator.comparing(MetricSummary::service)
          .thenComparing(metric -> metric.instance().toString())
          .thenComparing(MetricSummary::name)
          .thenComparing(MetricSummary::unit)
          .thenComparing(metric -> new TreeMap<>(metric.attributes()).toString());

  /** What sums of one metric share; the order of the attributes does not matter. */
  public List<Object> key() {
    return List.of(instance, name, unit, attributes);
  }
}
