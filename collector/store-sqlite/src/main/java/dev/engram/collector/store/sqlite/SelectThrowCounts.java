package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Constructed throwables summed up by service, type and site. Sums are of real numbers, which
 * cannot overflow.
 */
final class SelectThrowCounts {
  private static final String QUERY =
      "SELECT i.service, t.type, t.site, CAST(total(t.count) AS INTEGER),"
          + " sum((t.count - t.low) * 1.0 * (t.count - t.low)),"
          + " sum((t.high - t.count) * 1.0 * (t.high - t.count)),"
          + " min(t.time - t.duration), max(t.time), max(t.arrival)"
          + " FROM throw_count t CROSS JOIN instance i ON i.id = t.instance";

  private static final String LATEST =
      "SELECT i.uuid, t.stack FROM throw_count t JOIN instance i ON i.id = t.instance"
          + " WHERE t.arrival = ?";

  private SelectThrowCounts() {}

  static List<ThrowSummary> by(ThrowFilter filter, ReadConnection connection) throws SQLException {
    Conditions conditions =
        new Conditions()
            .andUnlessZero("t.time >= ?", filter.sinceEpochNanos())
            .andUnlessZero("t.time < ?", filter.untilEpochNanos())
            .andWord("i.service", filter.service());
    String query = QUERY + conditions.where() + " GROUP BY i.service, t.type, t.site";
    List<ThrowSummary> summaries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepare(query, conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        summaries.add(read(row, connection));
      }
    }
    summaries.sort(ThrowSummary.ORDER);
    return List.copyOf(summaries);
  }

  private static ThrowSummary read(ResultSet row, ReadConnection connection) throws SQLException {
    long site = row.getLong(3);
    boolean wholeType = row.wasNull();
    try (PreparedStatement statement = connection.prepare(LATEST, row.getLong(9));
        ResultSet latest = statement.executeQuery()) {
      latest.next();
      return new ThrowSummary(
          connection.words.text(row.getLong(1)),
          connection.words.text(row.getLong(2)),
          wholeType ? null : connection.words.text(site),
          row.getLong(4),
          row.getDouble(5),
          row.getDouble(6),
          row.getLong(7),
          row.getLong(8),
          Instances.id(latest.getBytes(1)),
          latest.getLong(2));
    }
  }
}
