package dev.engram.collector.store.memory;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.WriteResult;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance's counts and checkpoint. */
final class Books {
  ProducerCounts producer = ProducerCounts.NONE;
  @Nullable Checkpoint checkpoint;
  private final Map<String, Long> dropped = new HashMap<>();
  private long read;
  private long decoded;
  private long malformed;
  private long stored;
  private long joined;
  private long duplicate;
  private long rejected;
  private long pending;

  Checkpoint standing() {
    return checkpoint == null ? Checkpoint.START : checkpoint;
  }

  /** Adds a batch of which {@code replayed} rows had been counted before. */
  void add(Batch batch, WriteResult fresh, long replayed) {
    checkpoint = batch.checkpoint();
    read += batch.read() - replayed;
    malformed += batch.malformed();
    decoded += batch.rows().size() - replayed + batch.rejected();
    stored += fresh.stored();
    joined += fresh.joined();
    duplicate += fresh.duplicate();
    rejected += fresh.rejected() + batch.rejected();
    pending += fresh.pending();
    batch.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
  }

  void interrupt(long count) {
    stored += count;
    pending -= count;
  }

  Accounting accounting() {
    return new Accounting(
        producer,
        read,
        Map.copyOf(dropped),
        decoded,
        malformed,
        stored,
        joined,
        duplicate,
        rejected,
        pending);
  }
}
