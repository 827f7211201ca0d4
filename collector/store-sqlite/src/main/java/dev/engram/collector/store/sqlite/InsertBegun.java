package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.BegunRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Keeps spans that have begun until they end. */
final class InsertBegun {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertBegun(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO begun (instance, span_id, arrival, position, trace_high,"
                + " trace_low, parent_span_id, kind, category, name, start, db_system, statement,"
                + " attributes, returned_rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  /** Whether it is new: no span of this id is pending. */
  boolean add(long arrival, long instance, BegunRow begun) throws SQLException {
    boolean sql = SqlAttributes.apply(begun.category());
    insert.setLong(1, instance);
    insert.setLong(2, begun.spanId());
    insert.setLong(3, arrival);
    insert.setLong(4, begun.position());
    insert.setLong(5, begun.traceId().high());
    insert.setLong(6, begun.traceId().low());
    insert.setLong(7, begun.parentSpanId());
    encoding.word(insert, 8, begun.kind());
    encoding.word(insert, 9, begun.category());
    encoding.word(insert, 10, begun.name());
    insert.setLong(11, begun.startEpochNanos());
    encoding.wordOf(insert, 12, sql ? begun.attributes().get(Encoding.DB_SYSTEM) : null);
    encoding.wordOf(insert, 13, sql ? begun.attributes().get(Encoding.DB_STATEMENT) : null);
    Encoding.numberOf(insert, 15, sql ? begun.attributes().get(Encoding.DB_ROWS) : null);
    encoding.attributes(
        insert, 14, sql ? SqlAttributes.others(begun.attributes()) : begun.attributes());
    return insert.executeUpdate() == 1;
  }
}
