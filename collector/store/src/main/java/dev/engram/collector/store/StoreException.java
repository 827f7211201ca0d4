package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/** A store could not do what was asked. The message says what a person can do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may do: retry the first two with backoff, stop loudly on the others. */
  public enum Kind {
    UNAVAILABLE,
    OVERLOADED,
    CORRUPT,
    INCOMPATIBLE_SCHEMA
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isRetryable() {
    return kind == Kind.UNAVAILABLE || kind == Kind.OVERLOADED;
  }
}
