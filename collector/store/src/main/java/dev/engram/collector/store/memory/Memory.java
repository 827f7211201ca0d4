package dev.engram.collector.store.memory;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.RequestRollup;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything the store holds. Guarded by its own monitor. */
final class Memory {
  final Map<InstanceId, Remembered> instances = new HashMap<>();

  /** All rows that are stored, of every kind, in order of arrival. */
  final List<Arrived<Row>> rows = new ArrayList<>();

  final GoneExceptions gone = new GoneExceptions();

  /** By hour, service and name. */
  final Map<List<Object>, RequestRollup> rollups = new HashMap<>();

  /** By reason and kind. */
  final Map<List<String>, Long> removed = new HashMap<>();

  private long nextArrival = 1;
  private boolean closed;

  /** What is known of one instance. */
  static final class Remembered {
    Instance description;
    final Books books = new Books();
    final LossDiary losses = new LossDiary();
    final Map<Long, Arrived<BegunRow>> pending = new LinkedHashMap<>();
    final Map<Long, List<String>> framesByHash = new HashMap<>();

    Remembered(Instance description) {
      this.description = description;
    }

    boolean isRunning() {
      return description.endedEpochNanos() == 0;
    }
  }

  Remembered known(InstanceId id) {
    Remembered instance = instances.get(id);
    if (instance == null) {
      throw new IllegalArgumentException("instance " + id + " was never put");
    }
    return instance;
  }

  void store(InstanceId instance, Row row) {
    rows.add(new Arrived<>(instance, takeArrival(), row));
  }

  /** Counts what was removed. */
  void note(String reason, Map<String, Long> counts) {
    counts.forEach((kind, count) -> removed.merge(List.of(reason, kind), count, Long::sum));
  }

  long takeArrival() {
    return nextArrival++;
  }

  void requireOpen() {
    if (closed) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the store is closed: open another", null);
    }
  }

  synchronized void close() {
    closed = true;
    instances.clear();
    rows.clear();
  }
}
