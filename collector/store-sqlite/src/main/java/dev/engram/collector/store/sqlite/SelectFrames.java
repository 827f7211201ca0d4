package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.InstanceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The frames an instance means by a hash. */
final class SelectFrames {
  private SelectFrames() {}

  static Optional<List<String>> of(InstanceId instance, long hash, ReadConnection connection)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT c.bytes FROM instance i JOIN stack s ON s.instance = i.id"
                    + " JOIN content c ON c.id = s.content WHERE i.uuid = ? AND s.hash = ?",
                Instances.bytes(instance),
                hash);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(StringListBlob.decode(row.getBytes(1))) : Optional.empty();
    }
  }
}
