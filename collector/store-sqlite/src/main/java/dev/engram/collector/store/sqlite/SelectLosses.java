package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What was lost in a period. */
final class SelectLosses {
  private SelectLosses() {}

  static List<Loss> in(Period period, ReadConnection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT i.uuid, i.service, l.term, l.reason, l.since, l.until, l.count"
                    + " FROM loss_period l JOIN instance i ON i.id = l.instance"
                    + " WHERE l.since <= ? AND l.until >= ?",
                period.untilEpochNanos(),
                period.sinceEpochNanos());
        ResultSet row = statement.executeQuery()) {
      List<Loss> losses = new ArrayList<>();
      while (row.next()) {
        losses.add(
            new Loss(
                Instances.id(row.getBytes(1)),
                connection.words.text(row.getLong(2)),
                row.getString(3),
                SqliteText.read(row, 4),
                new Period(row.getLong(5), row.getLong(6)),
                row.getLong(7)));
      }
      losses.sort(Loss.ORDER);
      return List.copyOf(losses);
    }
  }
}
