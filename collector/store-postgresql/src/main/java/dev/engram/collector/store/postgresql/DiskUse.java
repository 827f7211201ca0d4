package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Removed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the tables hold, and held. */
final class DiskUse {
  private static final String BY_TABLE =
      "SELECT regexp_replace(c.relname, '_[0-9]{8}$', ''), sum(pg_total_relation_size(c.oid))"
          + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '"
          + Schema.NAME
          + "' AND c.relkind = 'r' GROUP BY 1 ORDER BY 2 DESC, 1";

  private record Use(String table, long bytes) {}

  private DiskUse() {}

  static long bytes(Connection connection) throws SQLException {
    return byTable(connection).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of each table with its indexes, all days together, largest first. */
  static Map<String, Long> byTable(Connection connection) throws SQLException {
    Map<String, Long> bytes = new LinkedHashMap<>();
    Statements.visit(
        connection,
        BY_TABLE,
        List.of(),
        row -> new Use(row.getString(1), row.getLong(2)),
        use -> bytes.put(use.table, use.bytes));
    return bytes;
  }

  /** How many rows were taken out. */
  static List<Removed> removed(Connection connection) throws SQLException {
    return Statements.select(
            connection,
            "SELECT reason, kind, count FROM removed",
            List.of(),
            row -> new Removed(row.getString(1), row.getString(2), row.getLong(3)))
        .stream()
        .sorted(Removed.ORDER)
        .toList();
  }
}
