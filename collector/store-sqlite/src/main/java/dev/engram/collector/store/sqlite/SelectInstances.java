package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Instance;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All instances, latest start first. */
final class SelectInstances {
  /** Comparing the bytes of ids gives the order of their text. */
  static final String ORDER = " ORDER BY i.started DESC, i.uuid";

  private SelectInstances() {}

  /**
   * The word of the service of each, by its key.
   *
   * @param only those of this service; null for all
   */
  static Map<Long, Long> services(@Nullable String only, ReadConnection connection)
      throws SQLException {
    Map<Long, Long> services = new HashMap<>();
    try (PreparedStatement statement = connection.prepare("SELECT id, service FROM instance");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long service = row.getLong(2);
        if (only == null || only.equals(connection.words.text(service))) {
          services.put(row.getLong(1), service);
        }
      }
    }
    return services;
  }

  static List<Instance> all(ReadConnection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT i.uuid, i.service, i.version, i.started, i.ended, i.attributes"
                    + " FROM instance i"
                    + ORDER);
        ResultSet row = statement.executeQuery()) {
      List<Instance> instances = new ArrayList<>();
      while (row.next()) {
        instances.add(
            new Instance(
                Instances.id(row.getBytes(1)),
                connection.words.text(row.getLong(2)),
                SqliteText.read(row, 3),
                row.getLong(4),
                row.getLong(5),
                AttributeBlob.decode(row.getBytes(6), connection.words)));
      }
      return instances;
    }
  }
}
