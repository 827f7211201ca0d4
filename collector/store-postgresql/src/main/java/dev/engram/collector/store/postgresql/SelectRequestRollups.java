package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.RequestRollup;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of requests that went. */
final class SelectRequestRollups {
  private SelectRequestRollups() {}

  static List<RequestRollup> by(
      long since, long until, @Nullable String service, Connection connection) throws SQLException {
    Conditions conditions =
        new Conditions()
            .andUnlessZero("hour >= ?", since)
            .andUnlessZero("hour < ?", until)
            .andText("service", service);
    return Statements.select(
            connection,
            "SELECT hour, service, name, count, errors, duration, longest FROM request_rollup"
                + conditions.where(),
            conditions.parameters(),
            SelectRequestRollups::read)
        .stream()
        .sorted(RequestRollup.ORDER)
        .toList();
  }

  private static RequestRollup read(ResultSet row) throws SQLException {
    return new RequestRollup(
        row.getLong(1),
        PostgresText.read(row.getString(2)),
        PostgresText.read(row.getString(3)),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
  }
}
