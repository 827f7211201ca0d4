package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Instances, their books, and what they said of themselves. */
final class SelectInstances {
  private static final String ORDER = " ORDER BY started DESC, uuid::text COLLATE \"C\"";

  private record Reasons(long instance, String term, String reason, long count) {}

  private SelectInstances() {}

  static List<Instance> all(Connection connection) throws SQLException {
    return Statements.select(
        connection,
        "SELECT uuid, service, version, started, ended, attributes FROM instance" + ORDER,
        List.of(),
        row ->
            new Instance(
                new InstanceId(row.getObject(1, UUID.class)),
                PostgresText.read(row.getString(2)),
                PostgresText.read(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                PostgresJson.readAttributes(row.getString(6))));
  }

  static List<LifecycleRow> lifecycle(InstanceId instance, Connection connection)
      throws SQLException {
    return Statements.select(
        connection,
        "SELECT l.position, l.time, l.event, l.attributes FROM instance i"
            + " JOIN lifecycle l ON l.instance = i.id WHERE i.uuid = ? ORDER BY l.position",
        List.of(instance.uuid()),
        row ->
            new LifecycleRow(
                row.getLong(1),
                row.getLong(2),
                PostgresText.read(row.getString(3)),
                PostgresJson.readAttributes(row.getString(4))));
  }

  static Map<InstanceId, Accounting> books(Connection connection) throws SQLException {
    List<Reasons> reasons =
        Statements.select(
            connection,
            "SELECT instance, term, reason, count FROM loss",
            List.of(),
            row ->
                new Reasons(
                    row.getLong(1),
                    row.getString(2),
                    PostgresText.read(row.getString(3)),
                    row.getLong(4)));
    Map<InstanceId, Accounting> books = new LinkedHashMap<>();
    Statements.visit(
        connection,
        "SELECT id, uuid, offered, written, abandoned, queued, in_ring, in_queue, read, decoded,"
            + " malformed, stored, joined, duplicate, rejected, pending FROM instance"
            + ORDER,
        List.of(),
        row -> Map.entry(new InstanceId(row.getObject(2, UUID.class)), accounting(row, reasons)),
        entry -> books.put(entry.getKey(), entry.getValue()));
    return books;
  }

  static List<Loss> losses(Period period, Connection connection) throws SQLException {
    return Statements.select(
            connection,
            "SELECT i.uuid, i.service, l.term, l.reason, l.since, l.until, l.count"
                + " FROM loss_period l JOIN instance i ON i.id = l.instance"
                + " WHERE l.since <= ? AND l.until >= ?",
            List.of(period.untilEpochNanos(), period.sinceEpochNanos()),
            row ->
                new Loss(
                    new InstanceId(row.getObject(1, UUID.class)),
                    PostgresText.read(row.getString(2)),
                    row.getString(3),
                    PostgresText.read(row.getString(4)),
                    new Period(row.getLong(5), row.getLong(6)),
                    row.getLong(7)))
        .stream()
        .sorted(Loss.ORDER)
        .toList();
  }

  private static Accounting accounting(ResultSet row, List<Reasons> reasons) throws SQLException {
    long instance = row.getLong(1);
    ProducerCounts producer =
        new ProducerCounts(
            row.getLong(3),
            row.getLong(4),
            byReason(reasons, instance, Loss.SHED),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8));
    return new Accounting(
        producer,
        row.getLong(9),
        byReason(reasons, instance, Loss.DROPPED),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getLong(13),
        row.getLong(14),
        row.getLong(15),
        row.getLong(16));
  }

  private static Map<String, Long> byReason(List<Reasons> reasons, long instance, String term) {
    Map<String, Long> byReason = new HashMap<>();
    reasons.stream()
        .filter(it -> it.instance() == instance && it.term().equals(term))
        .forEach(it -> byReason.put(it.reason(), it.count()));
    return byReason;
  }
}
