package dev.engram.collector.query;

import java.util.Comparator;

/**
 * Something that happened.
 *
 * @param id of a request 16 hex digits, of an error its {@code E-} label, of an instance its UUID;
 *     empty for losses
 * @param text in one line, as far as what was captured is
 * @param status of a request; empty for others
 * @param durationNanos of a request, -1 when unknown; -1 for others
 */
public record TimelineEntry(
    long timeEpochNanos,
    Kind kind,
    String service,
    String id,
    String text,
    String status,
    long durationNanos) {

  /** What sort of thing. */
  public enum Kind {
    REQUEST,
    ERROR,
    /** What an instance said of itself, and its end. */
    LIFECYCLE,
    /** The first start of another version. */
    DEPLOY,
    /** Records that were lost by this time. */
    LOSS,
    FINDING
  }

  static final Comparator<TimelineEntry> EARLIEST_FIRST =
      Comparator.comparingLong(TimelineEntry::timeEpochNanos)
          .thenComparing(TimelineEntry::kind)
          .thenComparing(TimelineEntry::id);

  /** One that has neither status nor duration. */
  TimelineEntry(long timeEpochNanos, Kind kind, String service, String id, String text) {
    this(timeEpochNanos, kind, service, id, text, "", -1);
  }
}
