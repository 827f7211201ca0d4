package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.RowFields;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What was measured and counted, summed up. */
final class SelectMeasurements {
  private static final double NO_MINUS_ZERO = 0.0;

  /** Attributes as text: JSON's 5 and 5.0 are equal, and two metrics. */
  private static final String METRICS =
      "SELECT i.service, i.uuid, m.name, m.unit, m.attributes::text, count(*), min(m.value),"
          + " max(m.value), (array_agg(m.value ORDER BY m.time DESC, m.arrival DESC))[1],"
          + " max(m.time) FROM measurement m JOIN instance i ON i.id = m.instance";

  private static final String THROWS =
      "SELECT i.service, t.type, t.site, sum(t.count), sum((t.count - t.low)::float8 ^ 2),"
          + " sum((t.high - t.count)::float8 ^ 2), min(t.time - t.duration), max(t.time),"
          + " (array_agg(i.uuid ORDER BY t.arrival DESC))[1],"
          + " (array_agg(t.stack ORDER BY t.arrival DESC))[1]"
          + " FROM throw_count t JOIN instance i ON i.id = t.instance";

  private static final String READINGS =
      "SELECT m.arrival, i.service, i.uuid, m.name, m.unit, m.attributes, m.value, m.time"
          + " FROM measurement m JOIN instance i ON i.id = m.instance";

  private record Reading(long arrival, MetricSummary metric) {}

  private SelectMeasurements() {}

  static List<MetricSummary> metrics(MetricFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("m.value IS NOT NULL")
            .andUnlessZero("m.time >= ?", filter.sinceEpochNanos())
            .andUnlessZero("m.time < ?", filter.untilEpochNanos())
            .andText("i.service", filter.service());
    RowsThatMeet.add(
        conditions,
        filter.where(),
        READINGS,
        row -> new Reading(row.getLong(1), reading(row)),
        (reading, known) ->
            RowFields.of(reading.metric(), known.version(reading.metric().instance())),
        Reading::arrival,
        "m.arrival",
        connection);
    return Statements.select(
            connection,
            METRICS
                + conditions.where()
                + " GROUP BY i.service, i.uuid, m.name, m.unit, m.attributes::text",
            conditions.parameters(),
            SelectMeasurements::metric)
        .stream()
        .sorted(MetricSummary.ORDER)
        .limit(filter.limit() == 0 ? Long.MAX_VALUE : filter.limit())
        .toList();
  }

  static List<ThrowSummary> throwCounts(ThrowFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .andUnlessZero("t.time >= ?", filter.sinceEpochNanos())
            .andUnlessZero("t.time < ?", filter.untilEpochNanos())
            .andText("i.service", filter.service());
    return Statements.select(
            connection,
            THROWS + conditions.where() + " GROUP BY i.service, t.type, t.site",
            conditions.parameters(),
            SelectMeasurements::throwCount)
        .stream()
        .sorted(ThrowSummary.ORDER)
        .toList();
  }

  /** One as a sum of its own. */
  private static MetricSummary reading(ResultSet row) throws SQLException {
    double value = row.getDouble(7) + NO_MINUS_ZERO;
    return new MetricSummary(
        PostgresText.read(row.getString(2)),
        new InstanceId(row.getObject(3, UUID.class)),
        PostgresText.read(row.getString(4)),
        PostgresText.read(row.getString(5)),
        PostgresJson.readAttributes(row.getString(6)),
        1,
        value,
        value,
        value,
        row.getLong(8));
  }

  private static MetricSummary metric(ResultSet row) throws SQLException {
    return new MetricSummary(
        PostgresText.read(row.getString(1)),
        new InstanceId(row.getObject(2, UUID.class)),
        PostgresText.read(row.getString(3)),
        PostgresText.read(row.getString(4)),
        PostgresJson.readAttributes(row.getString(5)),
        row.getLong(6),
        row.getDouble(7) + NO_MINUS_ZERO,
        row.getDouble(8) + NO_MINUS_ZERO,
        row.getDouble(9) + NO_MINUS_ZERO,
        row.getLong(10));
  }

  private static ThrowSummary throwCount(ResultSet row) throws SQLException {
    return new ThrowSummary(
        PostgresText.read(row.getString(1)),
        PostgresText.read(row.getString(2)),
        PostgresText.readNullable(row.getString(3)),
        row.getBigDecimal(4).min(Numbers.MOST).longValue(),
        row.getDouble(5),
        row.getDouble(6),
        row.getLong(7),
        row.getLong(8),
        new InstanceId(row.getObject(9, UUID.class)),
        row.getLong(10));
  }
}
