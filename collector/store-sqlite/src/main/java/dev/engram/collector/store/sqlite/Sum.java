package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Durations;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What some spans or exceptions came to; grows. Not thread-safe. */
final class Sum {
  /**
   * Which spans.
   *
   * @param owner the instance; the word of the service where instances are not told apart
   * @param system word of {@code db.system.name}; 0 for none
   * @param name word of a request's name or a statement's text; 0 where {@code text} has it; the
   *     fingerprint of exceptions
   * @param text of a statement that is no word
   */
  record Key(long owner, long system, long name, @Nullable String text) {}

  final Durations durations = new Durations();
  long count;
  long errors;
  long first = Long.MAX_VALUE;
  long last = Long.MIN_VALUE;

  /** That of the longest, the latest where several are. */
  long longestArrival;

  /** Those that say how many rows they returned, and those of them that returned none. */
  long counted;

  long empty;

  void add(long arrival, long start, long duration, boolean error) {
    count++;
    errors += error ? 1 : 0;
    first = Math.min(first, start);
    last = Math.max(last, start);
    if (duration >= 0) {
      longest(duration, arrival);
      durations.add(duration);
    }
  }

  private void add(Sum other) {
    count += other.count;
    errors += other.errors;
    first = Math.min(first, other.first);
    last = Math.max(last, other.last);
    counted += other.counted;
    empty += other.empty;
    longest(other.durations.longest(), other.longestArrival);
    durations.add(other.durations);
  }

  /** This one, with another added to it. */
  Sum and(Sum other) {
    add(other);
    return this;
  }

  /** Before that duration is added. */
  private void longest(long duration, long arrival) {
    long longest = durations.longest();
    if (duration > longest || (duration == longest && arrival > longestArrival)) {
      longestArrival = arrival;
    }
  }

  void write(BlobWriter out) {
    out.putUnsigned(count);
    out.putUnsigned(errors);
    out.putSigned(first);
    out.putUnsigned(last - first);
    out.putSigned(durations.longest());
    out.putUnsigned(durations.longest() - durations.shortest());
    out.putUnsigned(longestArrival);
    out.putUnsigned(counted);
    out.putUnsigned(empty);
    out.putUnsigned(durations.total());
    int[] previous = {-1};
    durations.eachBucket(
        (bucket, of) -> {
          // Most have a single one.
          out.putUnsigned(2L * (bucket - previous[0]) + (of == 1 ? 0 : 1));
          if (of != 1) {
            out.putUnsigned(of);
          }
          previous[0] = bucket;
        });
    out.putUnsigned(0);
  }

  /** Adds what {@link #write} wrote. */
  void read(BlobReader in, Buckets buckets) throws SQLException {
    count += in.getUnsigned();
    errors += in.getUnsigned();
    long earliest = in.getSigned();
    first = Math.min(first, earliest);
    last = Math.max(last, earliest + in.getUnsigned());
    long longest = in.getSigned();
    long shortest = longest - in.getUnsigned();
    longest(longest, in.getUnsigned());
    counted += in.getUnsigned();
    empty += in.getUnsigned();
    long total = in.getUnsigned();
    buckets.read(in);
    if (buckets.length > 0) {
      durations.add(buckets.numbers, buckets.counts, buckets.length, total, shortest, longest);
    }
  }

  /** Passes what {@link #write} wrote; how long the longest took, -1 for none. */
  static long skip(BlobReader in) throws SQLException {
    in.getUnsigned();
    in.getUnsigned();
    in.getSigned();
    in.getUnsigned();
    long longest = in.getSigned();
    for (int passed = 0; passed < 5; passed++) {
      in.getUnsigned();
    }
    for (long step = in.getUnsigned(); step != 0; step = in.getUnsigned()) {
      if ((step & 1) != 0) {
        in.getUnsigned();
      }
    }
    return longest;
  }

  /** Room for the buckets of one sum after the other. */
  static final class Buckets {
    private final int[] numbers = new int[Durations.BUCKETS];
    private final long[] counts = new long[Durations.BUCKETS];
    private int length;

    private void read(BlobReader in) throws SQLException {
      length = 0;
      int bucket = -1;
      for (long step = in.getUnsigned(); step != 0; step = in.getUnsigned()) {
        bucket += (int) (step >>> 1);
        if (length == numbers.length || bucket < 0 || bucket >= Durations.BUCKETS) {
          throw Failures.damage("a sum has a duration that none can have");
        }
        numbers[length] = bucket;
        counts[length++] = (step & 1) == 0 ? 1 : in.getUnsigned();
      }
    }
  }
}
