package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.OutcomeRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores outcomes that were told. */
final class InsertOutcome {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertOutcome(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO outcome (arrival, instance, position, time, target, key, target_id, label,"
                + " value, author, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, OutcomeRow row) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    encoding.word(insert, 5, row.target());
    encoding.word(insert, 6, row.key());
    SqliteText.bind(insert, 7, row.targetId());
    encoding.word(insert, 8, row.label());
    Encoding.nanAsNull(insert, 9, row.value());
    SqliteText.bind(insert, 10, row.author());
    SqliteText.bind(insert, 11, row.comment());
    insert.executeUpdate();
  }
}
