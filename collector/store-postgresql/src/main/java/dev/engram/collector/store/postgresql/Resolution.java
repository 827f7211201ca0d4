package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.EndedRow;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.WriteResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the new rows of a batch, worked out before anything is written. Pure; for one
 * batch.
 */
final class Resolution {
  /**
   * A row with its place among those of the batch.
   *
   * @param offset to the first arrival of the batch
   */
  record Placed<R extends Row>(long offset, R row) {}

  private final InstanceId instance;
  private final Map<Long, BegunRow> pending;
  private final List<Placed<Row>> stored = new ArrayList<>();
  private final Map<Long, Placed<BegunRow>> begun = new LinkedHashMap<>();
  private final Set<Long> ended = new HashSet<>();
  private long arrivals;
  private long joined;
  private long duplicate;
  private long rejected;
  private long pendingMore;

  /**
   * Takes the rows in their order.
   *
   * @param pending those begun rows of the instance whose spans these rows name
   */
  Resolution(InstanceId instance, Map<Long, BegunRow> pending, List<Row> rows) {
    this.instance = instance;
    this.pending = pending;
    long previous = Long.MIN_VALUE;
    for (Row row : rows) {
      if (row.position() == previous) {
        duplicate++;
      } else {
        take(row);
      }
      previous = row.position();
    }
  }

  /** The spans that rows name and that may be pending. */
  static Set<Long> mayBePending(List<Row> rows) {
    return rows.stream().flatMap(Resolution::spanId).collect(Collectors.toCollection(HashSet::new));
  }

  /** Rows to store, made of begun rows and their ends too, in the order of their arrivals. */
  List<Placed<Row>> stored() {
    return stored;
  }

  /** Rows that wait for their end. */
  List<Placed<BegunRow>> begun() {
    return List.copyOf(begun.values());
  }

  /** Spans that were pending before and are not any more, or not with that row. */
  Set<Long> ended() {
    return ended;
  }

  /** How many arrivals the batch takes. */
  long arrivals() {
    return arrivals;
  }

  WriteResult result() {
    return new WriteResult(stored.size(), joined, duplicate, rejected, pendingMore);
  }

  private static Stream<Long> spanId(Row row) {
    if (row instanceof BegunRow note) {
      return Stream.of(note.spanId());
    }
    if (row instanceof EndedRow note) {
      return Stream.of(note.spanId());
    }
    return row instanceof SpanRow span && span.begun() ? Stream.of(span.spanId()) : Stream.empty();
  }

  private void take(Row row) {
    if (row instanceof BegunRow note) {
      begin(note);
    } else if (row instanceof EndedRow note) {
      end(note);
    } else {
      store(row);
      if (row instanceof SpanRow span && span.begun()) {
        join(span.spanId());
      }
    }
  }

  private void begin(BegunRow note) {
    if (begun.containsKey(note.spanId()) || isPending(note.spanId())) {
      duplicate++;
    } else {
      begun.put(note.spanId(), new Placed<>(arrivals++, note));
      pendingMore++;
    }
  }

  private void end(EndedRow note) {
    BegunRow start = join(note.spanId());
    if (start == null) {
      rejected++;
    } else {
      store(start.toSpan(instance, note.position(), note.durationNanos(), note.status()));
    }
  }

  private void store(Row row) {
    stored.add(new Placed<>(arrivals++, row));
  }

  /** The begun row of a span that has ended; null when it is not pending. */
  private @Nullable BegunRow join(long spanId) {
    Placed<BegunRow> ofThisBatch = begun.remove(spanId);
    BegunRow start =
        ofThisBatch != null ? ofThisBatch.row() : isPending(spanId) ? pending.get(spanId) : null;
    if (ofThisBatch == null && start != null) {
      ended.add(spanId);
    }
    if (start != null) {
      joined++;
      pendingMore--;
    }
    return start;
  }

  private boolean isPending(long spanId) {
    return pending.containsKey(spanId) && !ended.contains(spanId);
  }
}
