package dev.engram.collector.store;

import java.util.Comparator;

/**
 * Records of an instance that no answer can hold, and when they were lost, as nearly as that is
 * known.
 *
 * @param term which term of the {@link Accounting} counts them: one of the constants here
 * @param reason why, where the term knows reasons; otherwise empty
 * @param period they were lost at some time in it
 */
public record Loss(
    InstanceId instance, String service, String term, String reason, Period period, long count) {
  public static final String SHED = "shed";
  public static final String ABANDONED = "abandoned";
  public static final String DROPPED = "dropped";
  public static final String MALFORMED = "malformed";
  public static final String REJECTED = "rejected";

  /** By the end of the period, then by its begin, instance, term and reason. */
  public static final Comparator<Loss> ORDER =
      Comparator.comparingLong((Loss loss) -> loss.period().untilEpochNanos())
          .thenComparingLong(loss -> loss.period().sinceEpochNanos())
          .thenComparing(loss -> loss.instance().toString())
          .thenComparing(Loss::term)
          .thenComparing(Loss::reason);
}
