package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes rows out of tables with all that hangs on them. For one transaction, which has come to its
 * turn: whether a content is needed can change before that.
 */
final class RemoveRows {
  private static final String UNNEEDED =
      "DELETE FROM content c USING unnest(?::bytea[], ?::date[]) AS o (hash, day)"
          + " WHERE c.hash = o.hash AND c.day = o.day"
          + " AND NOT EXISTS (SELECT 1 FROM span_payload p"
          + " WHERE p.content = c.hash AND p.day = c.day)"
          + " AND NOT EXISTS (SELECT 1 FROM payload_part p"
          + " WHERE p.content = c.hash AND p.day = c.day)"
          + " AND NOT EXISTS (SELECT 1 FROM stack s WHERE s.content = c.hash AND s.day = c.day)";

  private static final String REMEMBER_EXCEPTIONS =
      "INSERT INTO gone_exception AS o (fingerprint, service, type, arrival, count, first, last)"
          + " SELECT g.fingerprint, g.service, e.type, g.latest, g.count, g.first, g.last FROM"
          + " (SELECT x.fingerprint, i.service, max(x.arrival) AS latest, count(*) AS count,"
          + " min(x.time) AS first, max(x.time) AS last FROM exception x"
          + " JOIN instance i ON i.id = x.instance WHERE %s GROUP BY x.fingerprint, i.service) g"
          + " JOIN exception e ON e.arrival = g.latest"
          + " ON CONFLICT (fingerprint, service) DO UPDATE SET"
          + " type = CASE WHEN excluded.arrival > o.arrival THEN excluded.type ELSE o.type END,"
          + " arrival = greatest(o.arrival, excluded.arrival), count = o.count + excluded.count,"
          + " first = least(o.first, excluded.first), last = greatest(o.last, excluded.last)";

  private final Connection connection;

  RemoveRows(Connection connection) {
    this.connection = connection;
  }

  /** The arrivals that this selects. */
  List<Long> select(String query) throws SQLException {
    return Statements.select(connection, query, List.of(), row -> row.getLong(1));
  }

  /** Takes these out of the table. */
  void remove(String table, List<Long> arrivals) throws SQLException {
    Long[] chosen = arrivals.toArray(Long[]::new);
    if (table.equals("span")) {
      removeWithContents(
          "DELETE FROM span_payload WHERE span = ANY (?) RETURNING content, day", chosen);
      Statements.update(connection, "DELETE FROM span WHERE arrival = ANY (?)", (Object) chosen);
    } else if (table.equals("payload_part")) {
      removeWithContents(
          "DELETE FROM payload_part WHERE arrival = ANY (?) RETURNING content, day", chosen);
    } else {
      String delete = "DELETE FROM " + table + " WHERE arrival = ANY (?)";
      Statements.update(connection, delete, (Object) chosen);
    }
  }

  /** Keeps of these exceptions what groups are made of. */
  void rememberExceptions(List<Long> arrivals) throws SQLException {
    Statements.update(
        connection,
        String.format(REMEMBER_EXCEPTIONS, "x.arrival = ANY (?)"),
        (Object) arrivals.toArray(Long[]::new));
  }

  /** The same of those of one day. */
  void rememberExceptionsOf(LocalDate day) throws SQLException {
    Statements.update(connection, String.format(REMEMBER_EXCEPTIONS, "x.day = ?"), day);
  }

  /** Counts what was taken out. */
  void note(String reason, Map<String, Long> counts) throws SQLException {
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      Statements.update(
          connection,
          "INSERT INTO removed AS o (reason, kind, count) VALUES (?, ?, ?)"
              + " ON CONFLICT (reason, kind) DO UPDATE SET count = o.count + excluded.count",
          reason,
          entry.getKey(),
          entry.getValue());
    }
  }

  private void removeWithContents(String delete, Long[] chosen) throws SQLException {
    List<byte[]> hashes = new ArrayList<>();
    List<Date> days = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setObject(1, chosen);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getBytes(1) != null) {
            hashes.add(row.getBytes(1));
            days.add(row.getDate(2));
          }
        }
      }
    }
    Statements.update(
        connection,
        UNNEEDED,
        connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)),
        connection.createArrayOf("date", days.toArray()));
  }
}
