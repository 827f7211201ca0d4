package dev.engram.collector.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which rows may go when they are old; for stores, so that all keep the same. Pure. */
public final class Expiry {
  /** What feedback is about that passes, so that it goes with its age; the rest is kept. */
  public static final List<String> PASSING =
      List.of("conversation", "decision", "key", "span", "trace");

  /** The target of what is told of a decision, whose id is 16 hex digits. */
  public static final String DECISION = "decision";

  /** The categories of spans that last: what models, agents, tools and workflows did. */
  public static final List<String> LASTING = List.of("ai", "node", "tool", "workflow");

  /** The status of spans that failed. */
  public static final Set<String> FAILED = Set.of("error", "interrupted");

  /** For want of room, what lasts goes when it is so many times as old as what does not. */
  private static final int LASTING_AGE = 6;

  /** The part of the time between the oldest row and now that goes at once for want of room. */
  private static final int SLICES = 64;

  private Expiry() {}

  /**
   * Whether this span lasts. By what it is alone and never by how it ended: of requests of which
   * only the failed are left, every rate would be wrong.
   */
  public static boolean lasts(SpanRow span) {
    return LASTING.contains(span.category());
  }

  /**
   * Before which times rows go when there is no room for all; never after {@code nowEpochNanos}.
   * Rollups stay.
   *
   * @param ordinary the time of the oldest row that does not last
   * @param lasting that of the oldest that does
   * @return empty when neither is before now
   */
  public static Optional<Cutoff> slice(
      OptionalLong ordinary, OptionalLong lasting, long nowEpochNanos) {
    long age =
        Math.max(age(ordinary, nowEpochNanos), ceiling(age(lasting, nowEpochNanos), LASTING_AGE));
    if (age <= 0) {
      return Optional.empty();
    }
    long staying = age - Math.max(1, age / SLICES);
    boolean all = staying > Long.MAX_VALUE / LASTING_AGE;
    return Optional.of(
        new Cutoff(
            nowEpochNanos - staying,
            all ? Long.MIN_VALUE : nowEpochNanos - staying * LASTING_AGE,
            Long.MIN_VALUE));
  }

  /**
   * Whether, for want of room, what lasts goes before what does not.
   *
   * @param ordinary the age of the oldest row that does not last
   * @param lasting that of the oldest that does, in the same unit
   */
  public static boolean lastingFirst(long ordinary, long lasting) {
    return lasting / LASTING_AGE > ordinary;
  }

  /** Of times before 1970 that of 1970: they are wrong, and go first all the same. */
  private static long age(OptionalLong time, long now) {
    return time.isEmpty() ? 0 : now - Math.max(0, time.getAsLong());
  }

  private static long ceiling(long dividend, int divisor) {
    return dividend / divisor + (dividend % divisor > 0 ? 1 : 0);
  }
}
