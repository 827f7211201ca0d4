package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a person said of an error group, a solution or a remedy, or the collector of a
 * remedy. Unlike what was observed it is kept for good: an error that somebody ignored stays
 * ignored.
 *
 * @param subject what {@code subjectId} names: {@link #ERROR}, {@link #SOLUTION} or {@link #REMEDY}
 * @param subjectId of an error group its fingerprint as 16 hex digits
 * @param property what is said, such as {@code name}
 * @param value empty where the property says it all
 */
public record KnowledgeRow(
    long position,
    long timeEpochNanos,
    String subject,
    String subjectId,
    String property,
    String value,
    @Nullable String author)
    implements Row {
  public static final String ERROR = "error";
  public static final String SOLUTION = "solution";

  public static final String REMEDY = "remedy";

  /** What can be said of errors and solutions. */
  public static final String COMMENT = "comment";
}
