package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Numbers arrivals; moves with the transaction that uses the numbers. Confined to the writer. */
final class Sequence {
  private final PreparedStatement select;
  private final PreparedStatement update;

  Sequence(Connection connection) throws SQLException {
    select = connection.prepareStatement("SELECT next_arrival FROM sequence");
    update = connection.prepareStatement("UPDATE sequence SET next_arrival = ?");
  }

  long next() throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  void moveTo(long nextArrival) throws SQLException {
    update.setLong(1, nextArrival);
    update.executeUpdate();
  }
}
