package dev.engram.collector.store;

/**
 * A question in SQL may be right and was not answered: it took too long, or this store answers
 * none. The message is one line that says what to do.
 */
public final class SqlUnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SqlUnansweredException(String message) {
    super(message);
  }
}
