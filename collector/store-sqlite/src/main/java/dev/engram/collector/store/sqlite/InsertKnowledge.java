package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.KnowledgeRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores what people said of errors and solutions. */
final class InsertKnowledge {
  private final PreparedStatement insert;

  InsertKnowledge(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            "INSERT INTO knowledge (arrival, instance, position, time, subject, subject_id,"
                + " property, value, author) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, KnowledgeRow row) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    SqliteText.bind(insert, 5, row.subject());
    SqliteText.bind(insert, 6, row.subjectId());
    SqliteText.bind(insert, 7, row.property());
    SqliteText.bind(insert, 8, row.value());
    SqliteText.bind(insert, 9, row.author());
    insert.executeUpdate();
  }
}
