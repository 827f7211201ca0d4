package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Instance;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All instances, latest start first. */
final class SelectInstances {
  /** Comparing the bytes of ids gives the order of their text. */
  static final String ORDER = " ORDER BY i.started DESC, i.uuid";

  private SelectInstances() {}

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
