package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.InstanceId;
import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Puts a payload together that travelled in parts. */
final class SelectPayload {
  // The first part to arrive says how many there are; of a part that came twice the first counts.
  private static final String QUERY =
      "WITH mine AS (SELECT p.arrival, p.part, p.parts, p.content FROM payload_part p"
          + " JOIN instance i ON i.id = p.instance WHERE i.uuid = ? AND p.payload_id = ?)"
          + " SELECT m.parts, c.bytes, min(m.arrival) FROM"
          + " (SELECT arrival, part, content, (SELECT parts FROM mine ORDER BY arrival LIMIT 1)"
          + " AS parts FROM mine) m JOIN content c ON c.id = m.content"
          + " WHERE m.part BETWEEN 0 AND m.parts - 1 GROUP BY m.part ORDER BY m.part";

  private SelectPayload() {}

  static Optional<byte[]> of(InstanceId instance, long payloadId, ReadConnection connection)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(QUERY, Instances.bytes(instance), payloadId);
        ResultSet row = statement.executeQuery()) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      int missing = 1;
      for (int found = 1; row.next(); found++) {
        missing = row.getInt(1) - found;
        whole.writeBytes(row.getBytes(2));
      }
      return missing == 0 ? Optional.of(whole.toByteArray()) : Optional.empty();
    }
  }
}
