package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.ProducerCounts;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The books of all instances, in the order of {@link SelectInstances}. */
final class SelectAccounting {
  private SelectAccounting() {}

  static Map<InstanceId, Accounting> all(ReadConnection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT i.id, i.uuid, offered, written, abandoned, queued, in_ring, in_queue, read,"
                    + " decoded, malformed, stored, joined, duplicate, rejected, pending"
                    + " FROM instance i"
                    + SelectInstances.ORDER);
        ResultSet row = statement.executeQuery()) {
      Map<InstanceId, Accounting> books = new LinkedHashMap<>();
      while (row.next()) {
        books.put(Instances.id(row.getBytes(2)), read(row, connection));
      }
      return books;
    }
  }

  private static Accounting read(ResultSet row, ReadConnection connection) throws SQLException {
    long instance = row.getLong(1);
    ProducerCounts producer =
        new ProducerCounts(
            row.getLong(3),
            row.getLong(4),
            losses(instance, Loss.SHED, connection),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8));
    return new Accounting(
        producer,
        row.getLong(9),
        losses(instance, Loss.DROPPED, connection),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getLong(13),
        row.getLong(14),
        row.getLong(15),
        row.getLong(16));
  }

  private static Map<String, Long> losses(long instance, String term, ReadConnection connection)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT reason, count FROM loss WHERE instance = ? AND term = ?", instance, term);
        ResultSet row = statement.executeQuery()) {
      Map<String, Long> byReason = new HashMap<>();
      while (row.next()) {
        byReason.put(SqliteText.read(row, 1), row.getLong(2));
      }
      return byReason;
    }
  }
}
