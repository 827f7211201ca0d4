package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.RequestRollup;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of requests that went. */
final class SelectRequestRollups {
  private SelectRequestRollups() {}

  static List<RequestRollup> by(
      long since, long until, @Nullable String service, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions().andUnlessZero("hour >= ?", since).andUnlessZero("hour < ?", until);
    if (service != null) {
      conditions.and("service = ?", SqliteText.of(service));
    }
    String query =
        "SELECT hour, service, name, count, errors, duration, longest FROM request_rollup"
            + conditions.where();
    List<RequestRollup> rollups = new ArrayList<>();
    try (PreparedStatement statement = connection.prepare(query, conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rollups.add(
            new RequestRollup(
                row.getLong(1),
                SqliteText.read(row, 2),
                SqliteText.read(row, 3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)));
      }
    }
    rollups.sort(RequestRollup.ORDER);
    return rollups;
  }
}
