package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SpanRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** Stores spans with their payloads; they are there after {@link #flush()}. */
final class InsertSpan {
  private final Encoding encoding;
  private final PreparedStatement insert;
  private final InsertSpanPayload payloads;

  InsertSpan(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    payloads = new InsertSpanPayload(connection, encoding);
    insert =
        connection.prepareStatement(
            "INSERT INTO span (arrival, instance, position, trace_high, trace_low, span_id,"
                + " parent_span_id, kind, category, name, start, duration, status,"
                + " status_description, begun, db_system, statement, attributes, payloads,"
                + " returned_rows, rare)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, SpanRow span) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, span.position());
    insert.setLong(4, span.traceId().high());
    insert.setLong(5, span.traceId().low());
    insert.setLong(6, span.spanId());
    insert.setLong(7, span.parentSpanId());
    encoding.word(insert, 8, span.kind());
    encoding.word(insert, 9, span.category());
    encoding.word(insert, 10, span.name());
    insert.setLong(11, span.startEpochNanos());
    insert.setLong(12, span.durationNanos());
    encoding.word(insert, 13, span.status());
    SqliteText.bind(insert, 14, span.statusDescription());
    insert.setInt(15, span.begun() ? 1 : 0);
    attributes(span.category(), span.attributes());
    insert.setInt(19, span.payloads().size());
    insert.setObject(21, RareCategories.contain(span.category()) ? 1 : null);
    insert.addBatch();
    payloads.add(arrival, span.payloads());
  }

  void flush() throws SQLException {
    insert.executeBatch();
    payloads.flush();
  }

  private void attributes(String category, Map<String, Object> attributes) throws SQLException {
    boolean sql = SqlAttributes.apply(category);
    encoding.wordOf(insert, 16, sql ? attributes.get(Encoding.DB_SYSTEM) : null);
    encoding.wordOf(insert, 17, sql ? attributes.get(Encoding.DB_STATEMENT) : null);
    Encoding.numberOf(insert, 20, sql ? attributes.get(Encoding.DB_ROWS) : null);
    encoding.attributes(insert, 18, sql ? SqlAttributes.others(attributes) : attributes);
  }
}
