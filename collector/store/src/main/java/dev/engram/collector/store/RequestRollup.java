package dev.engram.collector.store;

import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * What is left of requests (spans of kind {@code SERVER}) that went with their age: a sum over
 * those of one service and name that began in the same hour.
 *
 * @param hourEpochNanos when the hour began, in epoch nanoseconds
 * @param count how many went
 * @param errors how many of them had failed, or were interrupted
 * @param durationNanos of all together; of one {@link #LONGEST_NANOS} at most
 * @param longestNanos of the longest; as much at most
 */
public record RequestRollup(
    long hourEpochNanos,
    String service,
    String name,
    long count,
    long errors,
    long durationNanos,
    long longestNanos) {
  /** What takes longer counts so long: sums of wrong times must not overflow. */
  public static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

  public static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  /** By hour, then by service and name. */
  public static final Comparator<RequestRollup> ORDER =
      Comparator.comparingLong(RequestRollup::hourEpochNanos)
          .thenComparing(RequestRollup::service)
          .thenComparing(RequestRollup::name);

  /** Of one request. */
  public static RequestRollup of(StoredSpan request) {
    SpanRow row = request.row();
    long duration = Math.max(0, Math.min(row.durationNanos(), LONGEST_NANOS));
    return new RequestRollup(
        hour(row.startEpochNanos()),
        request.service(),
        row.name(),
        1,
        Expiry.FAILED.contains(row.status()) ? 1 : 0,
        duration,
        duration);
  }

  /** The begin of the hour that this time is in. */
  public static long hour(long epochNanos) {
    return epochNanos / HOUR_NANOS * HOUR_NANOS;
  }

  /** Both together, under the hour, service and name of this one. */
  public RequestRollup plus(RequestRollup other) {
    return new RequestRollup(
        hourEpochNanos,
        service,
        name,
        count + other.count,
        errors + other.errors,
        durationNanos + other.durationNanos,
        Math.max(longestNanos, other.longestNanos));
  }
}
