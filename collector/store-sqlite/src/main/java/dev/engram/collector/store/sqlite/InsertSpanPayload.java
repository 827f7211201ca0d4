package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.PayloadReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Stores what a span says of its payloads, and the bytes it carries. */
final class InsertSpanPayload {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertSpanPayload(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO span_payload (span, ordinal, name, content_type, size, truncated,"
                + " payload_id, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long span, List<PayloadReference> payloads) throws SQLException {
    for (int ordinal = 0; ordinal < payloads.size(); ordinal++) {
      PayloadReference payload = payloads.get(ordinal);
      byte[] bytes = payload.bytes();
      insert.setLong(1, span);
      insert.setInt(2, ordinal);
      encoding.word(insert, 3, payload.name());
      SqliteText.bind(insert, 4, payload.contentType());
      insert.setLong(5, payload.size());
      insert.setInt(6, payload.truncated() ? 1 : 0);
      insert.setLong(7, payload.payloadId());
      insert.setObject(8, bytes == null ? null : encoding.contents.id(bytes));
      insert.addBatch();
    }
  }

  void flush() throws SQLException {
    insert.executeBatch();
  }
}
