package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.PayloadReference;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The payloads of a span, in its order. */
final class SelectSpanPayloads {
  private SelectSpanPayloads() {}

  static List<PayloadReference> of(long spanArrival, ReadConnection connection)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT p.name, p.content_type, p.size, p.truncated, p.payload_id, c.bytes"
                    + " FROM span_payload p LEFT JOIN content c ON c.id = p.content"
                    + " WHERE p.span = ? ORDER BY p.ordinal",
                spanArrival);
        ResultSet row = statement.executeQuery()) {
      List<PayloadReference> payloads = new ArrayList<>();
      while (row.next()) {
        payloads.add(
            new PayloadReference(
                connection.words.text(row.getLong(1)),
                SqliteText.readNullable(row, 2),
                row.getLong(3),
                row.getInt(4) != 0,
                row.getLong(5),
                row.getBytes(6)));
      }
      return payloads;
    }
  }
}
