package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.RemedyAttemptRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores attempts of remedies. */
final class InsertRemedyAttempt {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertRemedyAttempt(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO remedy_attempt (arrival, instance, position, time, trace_high, trace_low,"
                + " span_id, remedy_id, arm, fingerprint, tries, result, added)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, RemedyAttemptRow row) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, row.position());
    insert.setLong(4, row.timeEpochNanos());
    insert.setLong(5, row.traceId().high());
    insert.setLong(6, row.traceId().low());
    insert.setLong(7, row.spanId());
    encoding.word(insert, 8, row.remedyId());
    encoding.word(insert, 9, row.arm());
    insert.setLong(10, row.fingerprint());
    insert.setInt(11, row.tries());
    encoding.word(insert, 12, row.result());
    insert.setLong(13, row.addedNanos());
    insert.executeUpdate();
  }
}
