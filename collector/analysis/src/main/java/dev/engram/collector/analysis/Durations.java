package dev.engram.collector.analysis;

import java.util.Arrays;

/** Durations in nanoseconds, of which percentiles are asked. Not thread-safe. */
public final class Durations {
  private long[] nanos = new long[16];
  private int size;
  private boolean sorted;

  public void add(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = duration;
    sorted = false;
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
    if (!sorted) {
      Arrays.sort(nanos, 0, size);
      sorted = true;
    }
    return nanos[rank - 1];
  }

  /** At most {@link Long#MAX_VALUE}. */
  public long total() {
    long total = 0;
    for (int i = 0; i < size; i++) {
      total += nanos[i];
      if (total < 0) {
        return Long.MAX_VALUE;
      }
    }
    return total;
  }
}
