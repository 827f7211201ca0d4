package dev.engram.collector.server.http;

/**
 * A request is not served. The message is one line that says what to do; the caller is shown it.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP, 400 or more
   */
  public RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  static RefusedException malformed(String message) {
    return new RefusedException(400, message);
  }

  int status() {
    return status;
  }
}
