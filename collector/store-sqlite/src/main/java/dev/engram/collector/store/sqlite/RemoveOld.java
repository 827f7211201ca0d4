package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Takes out a few old rows at a time, within a transaction of the writer. */
final class RemoveOld {
  /** A step of so many rows takes about ten milliseconds. */
  private static final int ROWS = 250;

  private final Connection connection;
  private final Victims victims;

  RemoveOld(Connection connection) throws SQLException {
    this.connection = connection;
    victims = new Victims(connection);
  }

  /** Some of those that are older; as many as a step takes while there are more. */
  Removal step(long before, String reason) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    int left = ROWS;
    for (AgedRows rows : AgedRows.ALL) {
      int chosen = left == 0 ? 0 : victims.choose(rows.select(), before, left);
      if (chosen > 0) {
        if (rows.kind().equals(Kind.EXCEPTIONS)) {
          victims.rememberExceptions();
        }
        victims.remove(rows.table());
        counts.put(rows.kind(), (long) chosen);
        left -= chosen;
      }
    }
    note(reason, counts, victims);
    return new Removal(counts, left == 0);
  }

  /** Before which time rows go now that there is no room; empty where none may. */
  OptionalLong slice(long now) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(AgedRows.OLDEST)) {
      row.next();
      long oldest = row.getLong(1);
      return row.wasNull() || oldest >= now
          ? OptionalLong.empty()
          : OptionalLong.of(Expiry.slice(oldest, now));
    }
  }

  /** Counts what was taken out. */
  static void note(String reason, Map<String, Long> counts, Victims victims) throws SQLException {
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      victims.update(
          "INSERT INTO removed (reason, kind, count) VALUES (?, ?, ?)"
              + " ON CONFLICT (reason, kind) DO UPDATE SET count = count + excluded.count",
          List.of(reason, entry.getKey(), entry.getValue()));
    }
  }
}
