package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Spans of an instance that have begun, for the writer. */
final class SelectBegun {
  private SelectBegun() {}

  /**
   * Those of these ids that are pending, by id. Locks them: what is stored of them must not be what
   * is being forgotten meanwhile.
   */
  static Map<Long, BegunRow> of(long instance, Set<Long> spanIds, Connection connection)
      throws SQLException {
    if (spanIds.isEmpty()) {
      return Map.of();
    }
    return Statements.select(
            connection,
            "SELECT position, trace_high, trace_low, span_id, parent_span_id, kind, category,"
                + " name, start, db_system, statement, returned_rows, attributes FROM begun"
                + " WHERE instance = ? AND span_id = ANY (?) FOR UPDATE",
            List.of(instance, spanIds.toArray(Long[]::new)),
            SelectBegun::read)
        .stream()
        .collect(Collectors.toMap(BegunRow::spanId, row -> row));
  }

  private static BegunRow read(ResultSet row) throws SQLException {
    return new BegunRow(
        row.getLong(1),
        new TraceId(row.getLong(2), row.getLong(3)),
        row.getLong(4),
        row.getLong(5),
        PostgresText.read(row.getString(6)),
        PostgresText.read(row.getString(7)),
        PostgresText.read(row.getString(8)),
        row.getLong(9),
        SpanColumns.attributes(row, 10));
  }
}
