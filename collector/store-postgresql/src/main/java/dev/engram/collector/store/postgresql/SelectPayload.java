package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.InstanceId;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts a payload together that travelled in parts. */
final class SelectPayload {
  private record Part(int number, int of, byte[] bytes) {}

  private SelectPayload() {}

  /**
   * The first part to arrive says how many there are; of a part that came twice the first counts.
   */
  static Optional<byte[]> of(InstanceId instance, long payloadId, Connection connection)
      throws SQLException {
    List<Part> parts =
        Statements.select(
            connection,
            "SELECT p.part, p.parts, c.bytes FROM payload_part p"
                + " JOIN instance i ON i.id = p.instance"
                + " JOIN content c ON c.hash = p.content AND c.day = p.day"
                + " WHERE i.uuid = ? AND p.payload_id = ? ORDER BY p.arrival",
            List.of(instance.uuid(), payloadId),
            row -> new Part(row.getInt(1), row.getInt(2), row.getBytes(3)));
    int count = parts.isEmpty() ? 0 : parts.get(0).of();
    Map<Integer, byte[]> byNumber = new TreeMap<>();
    parts.stream()
        .filter(part -> part.number() >= 0 && part.number() < count)
        .forEach(part -> byNumber.putIfAbsent(part.number(), part.bytes()));
    if (count <= 0 || byNumber.size() < count) {
      return Optional.empty();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byNumber.values().forEach(whole::writeBytes);
    return Optional.of(whole.toByteArray());
  }
}
