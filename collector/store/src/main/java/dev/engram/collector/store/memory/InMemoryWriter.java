package dev.engram.collector.store.memory;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.ThrowCountRow;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.WriteResult;
import dev.engram.collector.store.memory.Memory.Remembered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The writing side of {@link InMemoryStore}. */
final class InMemoryWriter implements StoreWriter {
  private final Memory memory;

  InMemoryWriter(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void putInstance(Instance instance) {
    synchronized (memory) {
      memory.requireOpen();
      Remembered known = memory.instances.get(instance.id());
      if (known == null) {
        memory.instances.put(instance.id(), new Remembered(instance));
      } else if (instance.endedEpochNanos() == 0) {
        known.description = instance.endedAt(known.description.endedEpochNanos());
      } else {
        known.description = instance;
      }
    }
  }

  @Override
  public Optional<Checkpoint> checkpoint(InstanceId instance) {
    synchronized (memory) {
      memory.requireOpen();
      return Optional.ofNullable(memory.instances.get(instance))
          .map(known -> known.books.checkpoint);
    }
  }

  @Override
  public WriteResult write(Batch batch) {
    synchronized (memory) {
      memory.requireOpen();
      Remembered instance = memory.known(batch.instance());
      Checkpoint standing = instance.books.standing();
      if (!batch.checkpoint().isAheadOf(standing)) {
        return new WriteResult(0, 0, batch.rows().size(), 0, 0);
      }
      List<Row> fresh =
          batch.rows().stream().filter(row -> row.position() > standing.position()).toList();
      WriteResult result = take(batch.instance(), instance, fresh);
      long replayed = batch.rows().size() - fresh.size();
      instance.books.add(batch, result, replayed);
      return plus(result, new WriteResult(0, 0, replayed, 0, 0));
    }
  }

  @Override
  public void putCounters(InstanceId instance, ProducerCounts counts, Period sinceLast) {
    synchronized (memory) {
      memory.requireOpen();
      Remembered known = memory.known(instance);
      known.books.producer = counts;
      known.losses.note(known.books.accounting(), sinceLast);
    }
  }

  @Override
  public long closeInstance(InstanceId id, long endedEpochNanos) {
    synchronized (memory) {
      memory.requireOpen();
      Remembered instance = memory.known(id);
      long interrupted = instance.pending.size();
      for (Arrived<BegunRow> begun : instance.pending.values()) {
        BegunRow row = begun.row();
        memory.store(id, row.toSpan(id, row.position(), -1, "interrupted"));
      }
      instance.pending.clear();
      instance.books.interrupt(interrupted);
      if (instance.isRunning()) {
        instance.description = instance.description.endedAt(endedEpochNanos);
      }
      return interrupted;
    }
  }

  @Override
  public void sync() {
    synchronized (memory) {
      memory.requireOpen();
    }
  }

  @Override
  public Removal removeOlder(Cutoff before) {
    synchronized (memory) {
      memory.requireOpen();
      return new Removing(memory).removeOld(before, Removed.AGE);
    }
  }

  @Override
  public Removal removeOldest(long nowEpochNanos, long mostBytes) {
    synchronized (memory) {
      memory.requireOpen();
      if (memory.rows.size() <= mostBytes) {
        return Removal.NOTHING;
      }
      Removing removing = new Removing(memory);
      return Expiry.slice(removing.oldestOrdinary(), removing.oldestLasting(), nowEpochNanos)
          .map(before -> new Removal(removing.removeOld(before, Removed.SIZE).rows(), true))
          .orElse(Removal.NOTHING);
    }
  }

  @Override
  public Removal forget(Subject subject, boolean really) {
    synchronized (memory) {
      memory.requireOpen();
      if (subject instanceof Subject.Before before) {
        return new ForgettingBefore(memory, before.epochNanos()).forget(really);
      }
      Forgetting forgetting = new Forgetting(memory, subject);
      List<Arrived<Row>> victims = forgetting.victims();
      Map<String, Long> counts = new TreeMap<>(Removing.counts(victims));
      List<Arrived<Row>> staying = new ArrayList<>(memory.rows);
      staying.removeAll(victims);
      long names = forgetting.named(staying);
      if (really) {
        memory.note(Removed.FORGOTTEN, new Removing(memory).remove(victims));
        forgetting.scrub();
        memory.note(Removed.FORGOTTEN, names == 0 ? Map.of() : Map.of(Kind.AUTHORS, names));
      }
      counts.put(Kind.AUTHORS, names);
      return new Removal(counts, false);
    }
  }

  /** What was removed has left nothing here. */
  @Override
  public void compact() {
    sync();
  }

  private WriteResult take(InstanceId id, Remembered instance, List<Row> rows) {
    WriteResult sum = WriteResult.NOTHING;
    long previous = Long.MIN_VALUE;
    for (Row row : rows) {
      boolean again = row.position() == previous;
      sum = plus(sum, again ? new WriteResult(0, 0, 1, 0, 0) : take(id, instance, row));
      previous = row.position();
    }
    return sum;
  }

  private WriteResult take(InstanceId id, Remembered instance, Row row) {
    if (row instanceof BegunRow begun) {
      return begin(id, instance, begun);
    }
    if (row instanceof EndedRow ended) {
      return end(id, instance, ended);
    }
    if (row instanceof ExceptionRow exception) {
      keepFrames(instance, exception.stack());
    } else if (row instanceof ThrowCountRow count) {
      keepFrames(instance, count.stack());
    }
    memory.store(id, row);
    boolean joins =
        row instanceof SpanRow span
            && span.begun()
            && instance.pending.remove(span.spanId()) != null;
    return joins ? new WriteResult(1, 1, 0, 0, -1) : new WriteResult(1, 0, 0, 0, 0);
  }

  private WriteResult begin(InstanceId id, Remembered instance, BegunRow begun) {
    if (instance.pending.containsKey(begun.spanId())) {
      return new WriteResult(0, 0, 1, 0, 0);
    }
    instance.pending.put(begun.spanId(), new Arrived<>(id, memory.takeArrival(), begun));
    return new WriteResult(0, 0, 0, 0, 1);
  }

  private WriteResult end(InstanceId id, Remembered instance, EndedRow ended) {
    Arrived<BegunRow> begun = instance.pending.remove(ended.spanId());
    if (begun == null) {
      return new WriteResult(0, 0, 0, 1, 0);
    }
    memory.store(
        id, begun.row().toSpan(id, ended.position(), ended.durationNanos(), ended.status()));
    return new WriteResult(1, 1, 0, 0, -1);
  }

  private static void keepFrames(Remembered instance, @Nullable ThrownStack stack) {
    if (stack == null) {
      return;
    }
    if (stack.stackHash() != 0 && !stack.frames().isEmpty()) {
      instance.framesByHash.putIfAbsent(stack.stackHash(), stack.frames());
    }
    keepFrames(instance, stack.cause());
    stack.suppressed().forEach(suppressed -> keepFrames(instance, suppressed));
  }

  private static WriteResult plus(WriteResult a, WriteResult b) {
    return new WriteResult(
        a.stored() + b.stored(),
        a.joined() + b.joined(),
        a.duplicate() + b.duplicate(),
        a.rejected() + b.rejected(),
        a.pending() + b.pending());
  }
}
