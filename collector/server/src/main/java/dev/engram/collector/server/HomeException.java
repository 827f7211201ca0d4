package dev.engram.collector.server;

import org.jspecify.annotations.Nullable;

/** A memory home cannot be used. The message is one line that says what to do. */
public final class HomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HomeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
