package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.WriteResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Moves an instance's counts and checkpoint. For one transaction. */
final class Books {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private static final String NOTE_LOSSES =
      "INSERT INTO loss_period SELECT ?, term, reason, ?, ?, ?, sum(count) FROM ("
          + "SELECT term, reason, count FROM loss WHERE instance = ?"
          + " UNION ALL SELECT 'abandoned', '', abandoned FROM instance WHERE id = ?"
          + " UNION ALL SELECT 'malformed', '', malformed FROM instance WHERE id = ?"
          + " UNION ALL SELECT 'rejected', '', rejected FROM instance WHERE id = ?"
          + " UNION ALL SELECT term, reason, -count FROM loss_period WHERE instance = ?) AS grown"
          + " GROUP BY term, reason HAVING sum(count) > 0"
          + " ON CONFLICT (instance, term, reason, minute) DO UPDATE SET"
          + " since = least(loss_period.since, excluded.since),"
          + " until = greatest(loss_period.until, excluded.until),"
          + " count = loss_period.count + excluded.count";

  private final Connection connection;
  private final long instance;

  Books(Connection connection, long instance) {
    this.connection = connection;
    this.instance = instance;
  }

  /** Adds a batch of which {@code replayed} rows had been counted before. */
  void add(Batch batch, WriteResult fresh, long replayed) throws SQLException {
    Statements.update(
        connection,
        "UPDATE instance SET position = ?, number = ?, queue_index_hint = ?, read = read + ?,"
            + " malformed = malformed + ?, decoded = decoded + ?, stored = stored + ?,"
            + " joined = joined + ?, duplicate = duplicate + ?, rejected = rejected + ?,"
            + " pending = pending + ? WHERE id = ?",
        batch.checkpoint().position(),
        batch.checkpoint().number(),
        batch.checkpoint().queueIndexHint(),
        batch.read() - replayed,
        batch.malformed(),
        batch.rows().size() - replayed + batch.rejected(),
        fresh.stored(),
        fresh.joined(),
        fresh.duplicate(),
        fresh.rejected() + batch.rejected(),
        fresh.pending(),
        instance);
    addLosses(Loss.DROPPED, batch.dropped());
  }

  void interrupt(long count) throws SQLException {
    Statements.update(
        connection,
        "UPDATE instance SET stored = stored + ?, pending = pending - ? WHERE id = ?",
        count,
        count,
        instance);
  }

  void replaceProducer(ProducerCounts counts) throws SQLException {
    Statements.update(
        connection,
        "UPDATE instance SET offered = ?, written = ?, abandoned = ?, queued = ?, in_ring = ?,"
            + " in_queue = ? WHERE id = ?",
        counts.offered(),
        counts.written(),
        counts.abandoned(),
        counts.queued(),
        counts.inRing(),
        counts.inQueue(),
        instance);
    Statements.update(
        connection, "DELETE FROM loss WHERE instance = ? AND term = ?", instance, Loss.SHED);
    addLosses(Loss.SHED, counts.shed());
  }

  /** Notes by how much losses have grown, and when. */
  void noteLosses(Period sinceLast) throws SQLException {
    Statements.update(
        connection,
        NOTE_LOSSES,
        instance,
        Math.floorDiv(sinceLast.untilEpochNanos(), MINUTE),
        sinceLast.sinceEpochNanos(),
        sinceLast.untilEpochNanos(),
        instance,
        instance,
        instance,
        instance,
        instance);
  }

  private void addLosses(String term, Map<String, Long> byReason) throws SQLException {
    for (Map.Entry<String, Long> loss : byReason.entrySet()) {
      Statements.update(
          connection,
          "INSERT INTO loss (instance, term, reason, count) VALUES (?, ?, ?, ?)"
              + " ON CONFLICT (instance, term, reason) DO UPDATE SET"
              + " count = loss.count + excluded.count",
          instance,
          term,
          PostgresText.of(loss.getKey()),
          loss.getValue());
    }
  }
}
