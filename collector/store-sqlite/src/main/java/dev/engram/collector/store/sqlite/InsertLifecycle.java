package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.LifecycleRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores lifecycle rows. */
final class InsertLifecycle {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertLifecycle(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO lifecycle (arrival, instance, position, time, event, attributes)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, LifecycleRow row) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    encoding.word(insert, 5, row.event());
    encoding.attributes(insert, 6, row.attributes());
    insert.executeUpdate();
  }
}
