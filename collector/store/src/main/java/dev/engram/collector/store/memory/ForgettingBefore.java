package dev.engram.collector.store.memory;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes out everything before a time. For one question, under the lock of the memory. */
final class ForgettingBefore {
  private final Memory memory;
  private final long before;
  private final Removing removing;

  ForgettingBefore(Memory memory, long before) {
    this.memory = memory;
    this.before = before;
    this.removing = new Removing(memory);
  }

  Removal forget(boolean really) {
    Cutoff cutoff = Cutoff.of(before);
    List<Arrived<Row>> going =
        removing.withParts(memory.rows.stream().filter(this::isBefore).toList());
    Map<String, Long> counts = new TreeMap<>(Removing.counts(going));
    counts.put(Kind.REQUEST_ROLLUPS, removing.oldRollups(cutoff).count());
    counts.put(Kind.EXCEPTION_ROLLUPS, memory.gone.removeBefore(before, really));
    Removal removal = new Removal(counts, false);
    if (really) {
      removing.remove(going);
      memory.rollups.values().removeIf(it -> it.hourEpochNanos() <= cutoff.lastHour());
      memory
          .instances
          .values()
          .forEach(known -> known.pending.replaceAll((spanId, begun) -> bare(begun)));
      memory.note(Removed.FORGOTTEN, removal.rows());
    }
    return removal;
  }

  private boolean isBefore(Arrived<Row> it) {
    return Removing.time(it.row()) < before
        && !(it.row() instanceof LifecycleRow && memory.known(it.instance()).isRunning());
  }

  private Arrived<BegunRow> bare(Arrived<BegunRow> begun) {
    return begun.row().startEpochNanos() < before ? Forgetting.bare(begun) : begun;
  }
}
