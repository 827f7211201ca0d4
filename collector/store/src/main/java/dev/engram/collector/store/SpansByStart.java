package dev.engram.collector.store;

import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Spans in the order of their starts, then of their arrivals, to be asked by time. Immutable. */
final class SpansByStart {
  private static final Comparator<StoredSpan> ORDER =
      comparingLong((StoredSpan span) -> span.row().startEpochNanos())
          .thenComparingLong(StoredSpan::arrival);

  private final List<SpanRow> rows;

  /** Of each span the nearest before it that is over later; -1 for none. */
  private final int[] overLater;

  SpansByStart(Stream<StoredSpan> spans) {
    rows = spans.sorted(ORDER).map(StoredSpan::row).toList();
    overLater = new int[rows.size()];
    for (int i = 0; i < overLater.length; i++) {
      overLater[i] = overFrom(i - 1, over(i) + 1);
    }
  }

  /** Those that began in this time, its ends included. */
  List<SpanRow> from(long earliest, long latest) {
    int first = countWhile(start -> start < earliest);
    int end = countWhile(start -> start <= latest);
    return first < end ? rows.subList(first, end) : List.of();
  }

  /** The first that began after this time. */
  @Nullable SpanRow firstAfter(long time) {
    int first = countWhile(start -> start <= time);
    return first < rows.size() ? rows.get(first) : null;
  }

  /** Of those that began by this time and were not over before that one, the last. */
  @Nullable SpanRow lastAt(long begunBy, long notOverBefore) {
    int last = overFrom(countWhile(start -> start <= begunBy) - 1, notOverBefore);
    return last < 0 ? null : rows.get(last);
  }

  /** This one or else the nearest before it that was not over before this time. */
  private int overFrom(int index, long notOverBefore) {
    int nearest = index;
    while (nearest >= 0 && over(nearest) < notOverBefore) {
      nearest = overLater[nearest];
    }
    return nearest;
  }

  private long over(int index) {
    SpanRow row = rows.get(index);
    return row.startEpochNanos() + row.durationNanos();
  }

  /** How many at the beginning have such a start, where none behind them has. */
  private int countWhile(LongPredicate isBefore) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore.test(rows.get(middle).startEpochNanos())) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
