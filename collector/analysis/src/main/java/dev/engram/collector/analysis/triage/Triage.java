package dev.engram.collector.analysis.triage;

import org.jspecify.annotations.Nullable;

/**
 * Where an error group stands, and what people said of it.
 *
 * @param sinceEpochNanos when its state was said; 0 while nobody said any
 * @param version on which it was resolved, as somebody said, or on which it happened again; null
 *     where neither is known
 * @param author who said its state
 * @param comment the latest
 */
public record Triage(
    ErrorState state,
    long sinceEpochNanos,
    @Nullable String version,
    @Nullable String author,
    @Nullable String name,
    @Nullable String assignee,
    @Nullable String comment) {
  /** Of a group that nobody said anything of. */
  public static final Triage NONE = new Triage(ErrorState.OPEN, 0, null, null, null, null, null);

  /** The same group, in another state. */
  Triage in(
      ErrorState state, long sinceEpochNanos, @Nullable String version, @Nullable String author) {
    return new Triage(state, sinceEpochNanos, version, author, name, assignee, comment);
  }

  /** The same group, after it happened again on this version; empty where that is not known. */
  public Triage regressedOn(String version) {
    return in(ErrorState.REGRESSED, sinceEpochNanos, version.isEmpty() ? null : version, author);
  }

  Triage named(String name) {
    return new Triage(state, sinceEpochNanos, version, author, name, assignee, comment);
  }

  Triage assignedTo(String assignee) {
    return new Triage(state, sinceEpochNanos, version, author, name, assignee, comment);
  }

  Triage saying(String comment) {
    return new Triage(state, sinceEpochNanos, version, author, name, assignee, comment);
  }
}
