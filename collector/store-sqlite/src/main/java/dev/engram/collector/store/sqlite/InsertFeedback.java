package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.FeedbackRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores feedback. */
final class InsertFeedback {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertFeedback(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO feedback (arrival, instance, position, time, target, target_id, label,"
                + " score, author, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, FeedbackRow row) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    encoding.word(insert, 5, row.target());
    SqliteText.bind(insert, 6, row.targetId());
    SqliteText.bind(insert, 7, row.label());
    Encoding.nanAsNull(insert, 8, row.score());
    SqliteText.bind(insert, 9, row.author());
    SqliteText.bind(insert, 10, row.comment());
    insert.executeUpdate();
  }
}
