package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.LifecycleRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What an instance said of itself, by position. */
final class SelectLifecycle {
  private SelectLifecycle() {}

  static List<LifecycleRow> of(InstanceId instance, ReadConnection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT l.position, l.time, l.event, l.attributes FROM instance i"
                    + " JOIN lifecycle l ON l.instance = i.id WHERE i.uuid = ?"
                    + " ORDER BY l.position",
                Instances.bytes(instance));
        ResultSet row = statement.executeQuery()) {
      List<LifecycleRow> events = new ArrayList<>();
      while (row.next()) {
        events.add(
            new LifecycleRow(
                row.getLong(1),
                row.getLong(2),
                connection.words.text(row.getLong(3)),
                AttributeBlob.decode(row.getBytes(4), connection.words)));
      }
      return events;
    }
  }
}
