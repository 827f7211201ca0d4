package dev.engram.collector.intake;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.WriteResult;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The in-memory store as a process and a machine see it: what was committed outlives the process,
 * what was synced outlives the machine. Announces every write. Confined to one thread.
 */
final class ModelStore implements StoreWriter {
  private final MemoryDisk.Watch watch;
  private final BrokenRule broken;
  private final List<Function<StoreWriter, Object>> committed = new ArrayList<>();
  private InMemoryStore memory = new InMemoryStore();
  private int synced;

  ModelStore(MemoryDisk.Watch watch, BrokenRule broken) {
    this.watch = watch;
    this.broken = broken;
  }

  StoreReader reader() {
    return memory.reader();
  }

  /** The machine goes down: what was not synced is gone. */
  void outage() {
    committed.subList(synced, committed.size()).clear();
    rebuild();
  }

  /** Those of all instances, in order of arrival. */
  List<StoredSpan> spans() {
    List<StoredSpan> spans =
        new ArrayList<>(reader().spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 0)));
    spans.sort((a, b) -> Long.compare(a.arrival(), b.arrival()));
    return spans;
  }

  Accounting accounting(InstanceId instance) {
    return reader().accounting().get(instance);
  }

  /** All that is stored and what of it is synced, as one number. */
  long digest() {
    return new Digest().add(content()).add(synced == committed.size() ? 0 : 1 + synced).value();
  }

  private long content() {
    Digest digest = new Digest();
    for (Instance instance : reader().instances()) {
      digest.add(instance.hashCode());
      digest.add(memory.writer().checkpoint(instance.id()).hashCode());
    }
    spans().forEach(span -> digest.add(span.hashCode()));
    reader().accounting().forEach((id, books) -> digest.add(books.hashCode()));
    return digest.value();
  }

  @Override
  public void putInstance(Instance instance) {
    commit(
        "put instance",
        writer -> {
          writer.putInstance(instance);
          return "";
        });
  }

  @Override
  public Optional<Checkpoint> checkpoint(InstanceId instance) {
    watch.before("store: checkpoint");
    Optional<Checkpoint> checkpoint = memory.writer().checkpoint(instance);
    watch.seen(checkpoint.hashCode());
    return checkpoint;
  }

  @Override
  public WriteResult write(Batch batch) {
    if (broken == BrokenRule.CHECKPOINT_APART_FROM_ROWS) {
      commit("checkpoint alone", writer -> writer.write(withoutRows(batch)));
      watch.before("store: rows alone");
      committed.remove(committed.size() - 1);
      rebuild();
    }
    return (WriteResult) commit("write", writer -> writer.write(batch));
  }

  private static Batch withoutRows(Batch batch) {
    return new Batch(batch.instance(), List.of(), batch.checkpoint(), batch.read(), 0, 0, Map.of());
  }

  @Override
  public void putCounters(InstanceId instance, ProducerCounts counts, Period sinceLast) {
    commit(
        "put counters",
        writer -> {
          writer.putCounters(instance, counts, sinceLast);
          return "";
        });
  }

  @Override
  public long closeInstance(InstanceId instance, long endedEpochNanos) {
    return (long)
        commit("close instance", writer -> writer.closeInstance(instance, endedEpochNanos));
  }

  @Override
  public void sync() {
    watch.before("store: sync");
    if (broken != BrokenRule.FILES_REMOVED_BEFORE_SYNC) {
      synced = committed.size();
    }
  }

  @Override
  public Removal removeOlder(Cutoff before) {
    return (Removal) commit("remove", writer -> writer.removeOlder(before));
  }

  @Override
  public Removal removeOldest(long nowEpochNanos, long mostBytes) {
    return (Removal) commit("remove", writer -> writer.removeOldest(nowEpochNanos, mostBytes));
  }

  @Override
  public Removal forget(Subject subject, boolean really) {
    return (Removal) commit("forget", writer -> writer.forget(subject, really));
  }

  @Override
  public void compact() {
    sync();
  }

  private Object commit(String what, Function<StoreWriter, Object> write) {
    watch.before("store: " + what);
    committed.add(write);
    Object result = write.apply(memory.writer());
    watch.seen(result.hashCode());
    return result;
  }

  private void rebuild() {
    memory = new InMemoryStore();
    committed.forEach(write -> write.apply(memory.writer()));
  }
}
