package dev.engram.collector.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Durations in nanoseconds, of which percentiles are asked. Up to {@link #MOST_EXACT} of them are
 * kept; of more it is counted how many were as long, within half a percent, so that memory is
 * bounded. Not thread-safe.
 */
public final class Durations {
  static final int MOST_EXACT = 10_000;

  /** How much longer the durations of a bucket are than those of the one before. */
  private static final double STEP = Math.log(1.01);

  private static final int BUCKETS = bucket(Long.MAX_VALUE) + 1;

  private long[] nanos = new long[16];

  /** How many there are of each length; null while all are kept. */
  private long @Nullable [] counts;

  private int size;
  private long total;
  private boolean sorted;

  public void add(long duration) {
    if (size == MOST_EXACT && counts == null) {
      count();
    }
    if (counts != null) {
      counts[bucket(duration)]++;
    } else {
      keep(duration);
    }
    size++;
    total = Long.MAX_VALUE - total < duration ? Long.MAX_VALUE : total + duration;
  }

  private void keep(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size] = duration;
    sorted = false;
  }

  private void count() {
    long[] counted = new long[BUCKETS];
    for (int i = 0; i < size; i++) {
      counted[bucket(nanos[i])]++;
    }
    counts = counted;
    nanos = new long[0];
  }

  public int size() {
    return size;
  }

  /**
   * By nearest rank: the shortest duration that so many percent did not exceed, as the store's own
   * sums have it; -1 when there is none.
   */
  public long percentile(int percent) {
    return size == 0 ? -1 : atRank((int) Math.max(1, ((long) size * percent + 99) / 100));
  }

  /**
   * The duration that so many, itself included, did not exceed.
   *
   * @param rank from 1 to the size
   */
  public long atRank(int rank) {
    if (counts != null) {
      return atRank(rank, counts);
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, size);
      sorted = true;
    }
    return nanos[rank - 1];
  }

  private static long atRank(int rank, long[] counts) {
    int bucket = 0;
    for (long upTo = counts[0]; upTo < rank; upTo += counts[bucket]) {
      bucket++;
    }
    return bucket == 0 ? 0 : Math.round(Math.exp((bucket - 0.5) * STEP));
  }

  private static int bucket(long duration) {
    return duration <= 0 ? 0 : 1 + (int) (Math.log(duration) / STEP);
  }

  /** At most {@link Long#MAX_VALUE}. */
  public long total() {
    return total;
  }
}
