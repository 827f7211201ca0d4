package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the file holds, in bytes. */
final class DiskUse {
  private static final String BY_TABLE =
      "SELECT CASE WHEN t LIKE 'search\\_%' ESCAPE '\\' AND t <> 'search_begin' THEN 'search'"
          + " ELSE t END AS kind, sum(bytes) FROM (SELECT coalesce(s.tbl_name, d.name) AS t,"
          + " d.pgsize AS bytes FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name"
          + " WHERE d.aggregate = TRUE) GROUP BY kind ORDER BY 2 DESC, 1";

  private DiskUse() {}

  /** Those of pages that are in use. */
  static long bytes(Connection connection) throws SQLException {
    long pages =
        Schema.number(connection, "PRAGMA page_count")
            - Schema.number(connection, "PRAGMA freelist_count");
    return pages * Schema.number(connection, "PRAGMA page_size");
  }

  /** Those of each table with its indexes, largest first. Looks at every page. */
  static Map<String, Long> byTable(ReadConnection connection) throws SQLException {
    Map<String, Long> bytes = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepare(BY_TABLE);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        bytes.put(row.getString(1), row.getLong(2));
      }
    }
    return bytes;
  }
}
