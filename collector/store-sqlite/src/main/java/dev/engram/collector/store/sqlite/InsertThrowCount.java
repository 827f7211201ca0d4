package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ThrowCountRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Stores counts of constructed throwables. */
final class InsertThrowCount {
  private final Encoding encoding;
  private final PreparedStatement insert;
  private final InsertStack stacks;

  InsertThrowCount(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    stacks = new InsertStack(connection, encoding);
    insert =
        connection.prepareStatement(
            "INSERT INTO throw_count (arrival, instance, position, time, duration, type, site,"
                + " count, low, high, stack) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, ThrowCountRow row) throws SQLException {
    stacks.add(instance, row.stack());
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    insert.setLong(5, row.durationNanos());
    encoding.word(insert, 6, row.stack().type());
    if (row.site() == null) {
      insert.setNull(7, Types.INTEGER);
    } else {
      encoding.word(insert, 7, row.site());
    }
    insert.setLong(8, row.count());
    insert.setLong(9, row.low());
    insert.setLong(10, row.high());
    insert.setLong(11, row.stack().stackHash());
    insert.executeUpdate();
  }
}
