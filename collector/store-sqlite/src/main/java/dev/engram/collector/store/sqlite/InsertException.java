package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.ExceptionRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores exceptions with their stacks; they are there after {@link #flush()}. */
final class InsertException {
  private final Encoding encoding;
  private final PreparedStatement insert;
  private final InsertStack stacks;

  InsertException(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    stacks = new InsertStack(connection, encoding);
    insert =
        connection.prepareStatement(
            "INSERT INTO exception (arrival, instance, position, time, trace_high, trace_low,"
                + " span_id, origin, thread_name, site, type, message, fingerprint, thrown)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, ExceptionRow exception) throws SQLException {
    stacks.add(instance, exception.stack());
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, exception.position());
    insert.setLong(4, exception.timeEpochNanos());
    insert.setLong(5, exception.traceId().high());
    insert.setLong(6, exception.traceId().low());
    insert.setLong(7, exception.spanId());
    encoding.word(insert, 8, exception.origin());
    encoding.word(insert, 9, exception.threadName());
    SqliteText.bind(insert, 10, exception.site());
    encoding.word(insert, 11, exception.type());
    SqliteText.bind(insert, 12, exception.message());
    insert.setLong(13, exception.fingerprint());
    encoding.thrown(insert, 14, exception.stack());
    insert.addBatch();
  }

  void flush() throws SQLException {
    insert.executeBatch();
  }
}
