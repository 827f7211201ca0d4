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
import org.jspecify.annotations.Nullable;

/**
 * Readings summed up by metric, so many at a time: SQLite sorts what it groups, and there are
 * millions.
 */
final class SelectMetrics {
  private static final int AT_A_TIME = 50_000;

  private static final String CHOSEN =
      "WITH chosen AS (SELECT i.service, i.uuid, m.instance, m.name, m.unit, m.attributes, m.value,"
          + " m.time, m.arrival FROM measurement m INDEXED BY measurement_by_time"
          + " CROSS JOIN instance i ON i.id = m.instance";

  // rank: from 1 within one metric, latest first.
  private static final String SUMS =
      " ORDER BY m.time, m.arrival LIMIT ?),"
          + " ranked AS (SELECT *, row_number() OVER (PARTITION BY instance, name, unit,"
          + " attributes ORDER BY time DESC, arrival DESC) AS rank FROM chosen)"
          + " SELECT service, uuid, name, unit, attributes, count(*), min(value), max(value),"
          + " max(value) FILTER (WHERE rank = 1), max(time),"
          + " max(arrival) FILTER (WHERE rank = 1)"
          + " FROM ranked GROUP BY instance, name, unit, attributes";

  private record Summed(MetricSummary metric, long arrival) {
    boolean isLaterThan(Summed other) {
      long time = metric.lastEpochNanos();
      long otherTime = other.metric.lastEpochNanos();
      return time == otherTime ? arrival > other.arrival : time > otherTime;
    }
  }

  private SelectMetrics() {}

  static List<MetricSummary> by(MetricFilter filter, ReadConnection connection)
      throws SQLException {
    return by(filter, connection, AT_A_TIME);
  }

  static List<MetricSummary> by(MetricFilter filter, ReadConnection connection, int atATime)
      throws SQLException {
    Map<List<Object>, Summed> metrics = new LinkedHashMap<>();
    List<Summed> part = part(filter, null, connection, atATime);
    while (!part.isEmpty()) {
      for (Summed summed : part) {
        metrics.merge(summed.metric().key(), summed, SelectMetrics::merge);
      }
      part = part(filter, latest(part), connection, atATime);
    }
    return sorted(metrics, filter.limit());
  }

  /** The sums of the next readings after this one, in the order of their times. */
  private static List<Summed> part(
      MetricFilter filter, @Nullable Summed after, ReadConnection connection, int atATime)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("m.value IS NOT NULL")
            .andUnlessZero("m.time < ?", filter.untilEpochNanos())
            .andWord("i.service", filter.service());
    ConditionSql.add(conditions, filter.where(), FieldColumns.READING, connection);
    if (after == null) {
      conditions.andUnlessZero("m.time >= ?", filter.sinceEpochNanos());
    } else {
      long time = after.metric().lastEpochNanos();
      conditions
          .and("m.time >= ?", time)
          .and("(m.time > ? OR m.arrival > ?)", time, after.arrival());
    }
    List<Summed> part = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepare(
                CHOSEN + conditions.where() + SUMS, conditions.parametersAnd((long) atATime));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        part.add(read(row, connection.words));
      }
    }
    return part;
  }

  private static Summed latest(List<Summed> part) {
    Summed latest = part.get(0);
    for (Summed summed : part) {
      latest = summed.isLaterThan(latest) ? summed : latest;
    }
    return latest;
  }

  private static Summed merge(Summed one, Summed other) {
    Summed latest = one.isLaterThan(other) ? one : other;
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
