package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Readings summed up by metric. */
final class SelectMetrics {
  // rank: from 1 within one metric, latest first.
  private static final String CHOSEN =
      "WITH chosen AS (SELECT i.service, i.uuid, m.instance, m.name, m.unit, m.attributes, m.value,"
          + " m.time, m.arrival, row_number() OVER (PARTITION BY m.instance, m.name, m.unit,"
          + " m.attributes ORDER BY m.time DESC, m.arrival DESC) AS rank"
          + " FROM measurement m CROSS JOIN instance i ON i.id = m.instance";
  private static final String SUMS =
      ") SELECT service, uuid, name, unit, attributes, count(*), min(value), max(value),"
          + " max(value) FILTER (WHERE rank = 1), max(time),"
          + " max(arrival) FILTER (WHERE rank = 1)"
          + " FROM chosen GROUP BY instance, name, unit, attributes";

  private record Summed(MetricSummary metric, long arrival) {}

  private SelectMetrics() {}

  static List<MetricSummary> by(MetricFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("m.value IS NOT NULL")
            .andUnlessZero("m.time >= ?", filter.sinceEpochNanos())
            .andUnlessZero("m.time < ?", filter.untilEpochNanos())
            .andWord("i.service", filter.service());
    Map<List<Object>, Summed> metrics = new LinkedHashMap<>();
    try (PreparedStatement statement =
            connection.prepare(CHOSEN + conditions.where() + SUMS, conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Summed summed = read(row, connection.words);
        metrics.merge(key(summed.metric()), summed, SelectMetrics::merge);
      }
    }
    return sorted(metrics, filter.limit());
  }

  /** The same attributes in another order are other bytes, but the same metric. */
  private static List<Object> key(MetricSummary metric) {
    return List.of(metric.instance(), metric.name(), metric.unit(), metric.attributes());
  }

  private static Summed merge(Summed one, Summed other) {
    boolean later =
        one.metric().lastEpochNanos() == other.metric().lastEpochNanos()
            ? one.arrival() > other.arrival()
            : one.metric().lastEpochNanos() > other.metric().lastEpochNanos();
    Summed latest = later ? one : other;
    MetricSummary last = latest.metric();
    return new Summed(
        new MetricSummary(
            last.service(),
            last.instance(),
            last.name(),
            last.unit(),
            last.attributes(),
            one.metric().count() + other.metric().count(),
            Math.min(one.metric().min(), other.metric().min()),
            Math.max(one.metric().max(), other.metric().max()),
            last.last(),
            last.lastEpochNanos()),
        latest.arrival());
  }

  private static List<MetricSummary> sorted(Map<List<Object>, Summed> metrics, int limit) {
    List<MetricSummary> all = new ArrayList<>();
    metrics.values().forEach(summed -> all.add(summed.metric()));
    all.sort(MetricSummary.ORDER);
    return limit == 0 ? all : all.subList(0, Math.min(limit, all.size()));
  }

  private static Summed read(ResultSet row, WordTexts words) throws SQLException {
    return new Summed(
        new MetricSummary(
            words.text(row.getLong(1)),
            Instances.id(row.getBytes(2)),
            words.text(row.getLong(3)),
            words.text(row.getLong(4)),
            AttributeBlob.decode(row.getBytes(5), words),
            row.getLong(6),
            row.getDouble(7),
            row.getDouble(8),
            row.getDouble(9),
            row.getLong(10)),
        row.getLong(11));
  }
}
