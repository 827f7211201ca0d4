package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.CallsInTransactions;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * When calls began and transactions were open in one trace: enough to tell whether any of it is
 * worth reading. Not thread-safe.
 */
final class TraceSketch {
  private record Open(long instance, long since, long until) {}

  private final TraceId trace;
  private final Map<Long, NavigableSet<Long>> callStarts = new HashMap<>();
  private final List<Open> transactions = new ArrayList<>();
  private int size;

  TraceSketch(TraceId trace) {
    this.trace = trace;
  }

  TraceId trace() {
    return trace;
  }

  /**
   * @param instance the row of the instance
   */
  void addCall(long instance, long start) {
    if (hasRoom()) {
      callStarts.computeIfAbsent(instance, absent -> new TreeSet<>()).add(start);
    }
  }

  void addEnd(long instance, long opened, long end) {
    if (hasRoom()) {
      transactions.add(new Open(instance, opened, end));
    }
  }

  /** Whether a call of one instance began while a transaction of it was open; or may have. */
  boolean hasCallInTransaction() {
    return size > CallsInTransactions.SPANS_OF_TRACE
        || transactions.stream().anyMatch(this::hasCall);
  }

  private boolean hasCall(Open transaction) {
    NavigableSet<Long> starts = callStarts.get(transaction.instance);
    Long first = starts == null ? null : starts.ceiling(transaction.since);
    return first != null && first <= transaction.until;
  }

  /** What does not fit is not needed: such a trace is read in any case. */
  private boolean hasRoom() {
    return ++size <= CallsInTransactions.SPANS_OF_TRACE;
  }
}
