package dev.engram.agent.record.control;

/** A control file that cannot be used. The message says what is wrong with it. */
public final class MalformedControlFileException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedControlFileException(String message) {
    super(message);
  }

  public MalformedControlFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
