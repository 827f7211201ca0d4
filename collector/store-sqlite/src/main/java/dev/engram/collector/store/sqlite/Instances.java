package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Remembers instances and where they stand. Confined to the writer. */
final class Instances {
  /** An instance's key and checkpoint; the checkpoint is empty before its first batch. */
  record Known(long key, Optional<Checkpoint> checkpoint) {}

  private final Encoding encoding;
  private final PreparedStatement put;
  private final PreparedStatement select;
  private final PreparedStatement end;

  Instances(Connection connection, Encoding encoding) throws SQLException {
    this.encoding = encoding;
    put =
        connection.prepareStatement(
            "INSERT INTO instance (uuid, service, version, started, ended, attributes)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET"
                + " service = excluded.service, version = excluded.version,"
                + " started = excluded.started, attributes = excluded.attributes,"
                + " ended = CASE excluded.ended WHEN 0 THEN ended ELSE excluded.ended END");
    select =
        connection.prepareStatement(
            "SELECT id, position, number, queue_index_hint FROM instance WHERE uuid = ?");
    end = connection.prepareStatement("UPDATE instance SET ended = ? WHERE id = ? AND ended = 0");
  }

  void put(Instance instance) throws SQLException {
    put.setBytes(1, bytes(instance.id()));
    encoding.word(put, 2, instance.service());
    SqliteText.bind(put, 3, instance.version());
    put.setLong(4, instance.startedEpochNanos());
    put.setLong(5, instance.endedEpochNanos());
    encoding.attributes(put, 6, instance.attributes());
    put.executeUpdate();
  }

  Optional<Known> find(InstanceId id) throws SQLException {
    select.setBytes(1, bytes(id));
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Known(row.getLong(1), checkpoint(row)))
          : Optional.empty();
    }
  }

  Known known(InstanceId id) throws SQLException {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("instance " + id + " was never put"));
  }

  void end(long instance, long endedEpochNanos) throws SQLException {
    end.setLong(1, endedEpochNanos);
    end.setLong(2, instance);
    end.executeUpdate();
  }

  static byte[] bytes(InstanceId id) {
    return ByteBuffer.allocate(16)
        .putLong(id.uuid().getMostSignificantBits())
        .putLong(id.uuid().getLeastSignificantBits())
        .array();
  }

  static InstanceId id(byte[] bytes) {
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new InstanceId(new UUID(halves.getLong(), halves.getLong()));
  }

  private static Optional<Checkpoint> checkpoint(ResultSet row) throws SQLException {
    long position = row.getLong(2);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new Checkpoint(position, row.getLong(3), row.getLong(4)));
  }
}
