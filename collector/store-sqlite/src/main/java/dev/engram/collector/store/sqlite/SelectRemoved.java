package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Removed;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How many rows were taken out. */
final class SelectRemoved {
  private SelectRemoved() {}

  static List<Removed> all(ReadConnection connection) throws SQLException {
    List<Removed> removed = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepare("SELECT reason, kind, count FROM removed");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        removed.add(new Removed(row.getString(1), row.getString(2), row.getLong(3)));
      }
    }
    removed.sort(Removed.ORDER);
    return removed;
  }
}
