package dev.engram.collector.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Durations in nanoseconds, of which percentiles are asked. Up to {@link #MOST_EXACT} of them are
 * kept; of more, and once some came that are counted already, it is counted how many were as long,
 * within half a percent, so that memory is bounded. The shortest and the longest stay exact. Not
 * thread-safe.
 */
public final class Durations {
  static final int MOST_EXACT = 10_000;

  /** How much longer the durations of a bucket are than those of the one before. */
  private static final double STEP = Math.log(1.01);

  /** Buckets are numbered from 0 to before this. */
  public static final int BUCKETS = bucket(Long.MAX_VALUE) + 1;

  private long[] nanos = new long[16];

  /** How many there are of each length; null while all are kept. */
  private @Nullable Counts counts;

  private int size;
  private long total;
  private long shortest = Long.MAX_VALUE;
  private long longest = -1;
  private boolean sorted;

  /** Takes how many durations are in a bucket. */
  public interface BucketTaker {
    void take(int bucket, long count);
  }

  public void add(long duration) {
    if (size == MOST_EXACT && counts == null) {
      count();
    }
    if (counts != null) {
      counts.add(bucket(duration), 1);
    } else {
      keep(duration);
    }
    size++;
    total = sum(total, duration);
    reach(duration, duration);
  }

  /**
   * Adds so many that are known by their buckets alone, as {@link #eachBucket} gave them.
   *
   * @param length of both arrays; at least 1
   * @param totalNanos of all of them together
   * @param shortestNanos of them
   * @param longestNanos of them
   */
  public void add(
      int[] buckets,
      long[] counted,
      int length,
      long totalNanos,
      long shortestNanos,
      long longestNanos) {
    Counts all = counts == null ? count() : counts;
    for (int i = 0; i < length; i++) {
      all.add(buckets[i], counted[i]);
      size += (int) counted[i];
    }
    total = sum(total, totalNanos);
    reach(shortestNanos, longestNanos);
  }

  /** Adds those of another, which stays as it is. */
  public void add(Durations other) {
    if (other.counts == null) {
      for (int i = 0; i < other.size; i++) {
        add(other.nanos[i]);
      }
    } else {
      Counts all = counts == null ? count() : counts;
      other.counts.each(all::add);
      size += other.size;
      total = sum(total, other.total);
      reach(other.shortest, other.longest);
    }
  }

  /** Gives the buckets that are not empty, the shortest first. */
  public void eachBucket(BucketTaker taker) {
    Counts all = counts;
    if (all == null) {
      all = new Counts();
      for (int i = 0; i < size; i++) {
        all.add(bucket(nanos[i]), 1);
      }
    }
    all.each(taker);
  }

  /** Both of at least 0; at most {@link Long#MAX_VALUE}. */
  public static long sum(long one, long other) {
    return Long.MAX_VALUE - one < other ? Long.MAX_VALUE : one + other;
  }

  private void reach(long from, long to) {
    shortest = Math.min(shortest, from);
    longest = Math.max(longest, to);
  }

  private void keep(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size] = duration;
    sorted = false;
  }

  private Counts count() {
    Counts counted = new Counts();
    for (int i = 0; i < size; i++) {
      counted.add(bucket(nanos[i]), 1);
    }
    counts = counted;
    nanos = new long[0];
    return counted;
  }

  public int size() {
    return size;
  }

  /**
   * By nearest rank: the shortest duration that so many percent did not exceed; -1 when there is
   * none. Where durations are counted, it is within half a percent of that, and lies between the
   * shortest and the longest.
   */
  public long percentile(int percent) {
    return size == 0 ? -1 : atRank((int) Math.max(1, ((long) size * percent + 99) / 100));
  }

  /**
   * The duration that so many, itself included, did not exceed; as exact as {@link #percentile},
   * and that of the first and of the last rank exactly.
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

  private long atRank(int rank, Counts all) {
    if (rank == 1 || rank == size) {
      return rank == 1 ? shortest : longest;
    }
    int bucket = all.atRank(rank);
    long middle = bucket == 0 ? 0 : Math.round(Math.exp((bucket - 0.5) * STEP));
    return Math.max(shortest, Math.min(longest, middle));
  }

  private static int bucket(long duration) {
    return duration <= 0 ? 0 : 1 + (int) (Math.log(duration) / STEP);
  }

  /** -1 when there is none. */
  public long shortest() {
    return size == 0 ? -1 : shortest;
  }

  /** -1 when there is none. */
  public long longest() {
    return longest;
  }

  /** At most {@link Long#MAX_VALUE}. */
  public long total() {
    return total;
  }

  /** How many are in each bucket, from the first to the last that are not empty. */
  private static final class Counts {
    private long[] counts = new long[0];
    private int first;

    void add(int bucket, long count) {
      if (bucket < first || bucket >= first + counts.length) {
        makeRoom(bucket);
      }
      counts[bucket - first] += count;
    }

    int atRank(int rank) {
      int index = 0;
      for (long upTo = counts[0]; upTo < rank; upTo += counts[index]) {
        index++;
      }
      return first + index;
    }

    void each(BucketTaker taker) {
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          taker.take(first + i, counts[i]);
        }
      }
    }

    private void makeRoom(int bucket) {
      int spare = 16 + counts.length / 2;
      boolean empty = counts.length == 0;
      int begin = empty || bucket < first ? Math.max(0, bucket - spare) : first;
      int end = empty ? bucket + spare : Math.max(bucket + spare, first + counts.length);
      long[] wider = new long[end - begin];
      System.arraycopy(counts, 0, wider, empty ? 0 : first - begin, counts.length);
      counts = wider;
      first = begin;
    }
  }
}
