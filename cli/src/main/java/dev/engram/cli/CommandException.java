package dev.engram.cli;

import org.jspecify.annotations.Nullable;

/** A command could not do what was asked. The message is one line that says what to do. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public CommandException(String message) {
    super(message);
    exitCode = 1;
  }

  public CommandException(String message, Throwable cause) {
    this(message, cause, 1);
  }

  /** One with an exit code of its own. */
  public CommandException(String message, @Nullable Throwable cause, int exitCode) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
