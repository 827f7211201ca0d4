package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.WriteResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** Moves an instance's counts and checkpoint. Confined to the writer. */
final class UpdateBooks {
  private final PreparedStatement add;
  private final PreparedStatement interrupt;
  private final PreparedStatement replaceProducer;
  private final PreparedStatement addLoss;
  private final PreparedStatement deleteLosses;

  UpdateBooks(Connection connection) throws SQLException {
    add =
        connection.prepareStatement(
            "UPDATE instance SET position = ?, number = ?, queue_index_hint = ?, read = read + ?,"
                + " malformed = malformed + ?, decoded = decoded + ?, stored = stored + ?,"
                + " joined = joined + ?, duplicate = duplicate + ?, rejected = rejected + ?,"
                + " pending = pending + ? WHERE id = ?");
    interrupt =
        connection.prepareStatement(
            "UPDATE instance SET stored = stored + ?, pending = pending - ? WHERE id = ?");
    replaceProducer =
        connection.prepareStatement(
            "UPDATE instance SET offered = ?, written = ?, abandoned = ?, queued = ?, in_ring = ?,"
                + " in_queue = ? WHERE id = ?");
    addLoss =
        connection.prepareStatement(
            "INSERT INTO loss (instance, term, reason, count) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET count = count + excluded.count");
    deleteLosses = connection.prepareStatement("DELETE FROM loss WHERE instance = ? AND term = ?");
  }

  /** Adds a batch of which {@code replayed} rows had been counted before. */
  void add(long instance, Batch batch, WriteResult fresh, long replayed) throws SQLException {
    add.setLong(1, batch.checkpoint().position());
    add.setLong(2, batch.checkpoint().number());
    add.setLong(3, batch.checkpoint().queueIndexHint());
    add.setLong(4, batch.read() - replayed);
    add.setLong(5, batch.malformed());
    add.setLong(6, batch.rows().size() - replayed + batch.rejected());
    add.setLong(7, fresh.stored());
    add.setLong(8, fresh.joined());
    add.setLong(9, fresh.duplicate());
    add.setLong(10, fresh.rejected() + batch.rejected());
    add.setLong(11, fresh.pending());
    add.setLong(12, instance);
    add.executeUpdate();
    addLosses(instance, Loss.DROPPED, batch.dropped());
  }

  void interrupt(long instance, long count) throws SQLException {
    interrupt.setLong(1, count);
    interrupt.setLong(2, count);
    interrupt.setLong(3, instance);
    interrupt.executeUpdate();
  }

  void replaceProducer(long instance, ProducerCounts counts) throws SQLException {
    replaceProducer.setLong(1, counts.offered());
    replaceProducer.setLong(2, counts.written());
    replaceProducer.setLong(3, counts.abandoned());
    replaceProducer.setLong(4, counts.queued());
    replaceProducer.setLong(5, counts.inRing());
    replaceProducer.setLong(6, counts.inQueue());
    replaceProducer.setLong(7, instance);
    replaceProducer.executeUpdate();
    deleteLosses.setLong(1, instance);
    deleteLosses.setString(2, Loss.SHED);
    deleteLosses.executeUpdate();
    addLosses(instance, Loss.SHED, counts.shed());
  }

  private void addLosses(long instance, String term, Map<String, Long> byReason)
      throws SQLException {
    for (Map.Entry<String, Long> loss : byReason.entrySet()) {
      addLoss.setLong(1, instance);
      addLoss.setString(2, term);
      SqliteText.bind(addLoss, 3, loss.getKey());
      addLoss.setLong(4, loss.getValue());
      addLoss.executeUpdate();
    }
  }
}
