package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.PayloadRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stores parts of large payloads; they are there after {@link #flush()}. */
final class InsertPayloadPart {
  private final Encoding encoding;
  private final PreparedStatement insert;

  InsertPayloadPart(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    insert =
        connection.prepareStatement(
            "INSERT INTO payload_part (arrival, instance, position, time, payload_id, part, parts,"
                + " content_hash, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  void add(long arrival, long instance, PayloadRow payload) throws SQLException {
    insert.setLong(1, arrival);
    insert.setLong(2, instance);
    insert.setLong(3, payload.position());
    insert.setLong(4, payload.timeEpochNanos());
    insert.setLong(5, payload.payloadId());
    insert.setInt(6, payload.part());
    insert.setInt(7, payload.parts());
    insert.setLong(8, payload.contentHash());
    insert.setLong(9, encoding.contents.id(payload.bytes()));
    insert.addBatch();
  }

  void flush() throws SQLException {
    insert.executeBatch();
  }
}
