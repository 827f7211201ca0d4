package dev.engram.agent.core.log;

/**
 * Writes single lines to stderr, prefixed with {@code engram: }. Thread-safe. The only class of the
 * agent that prints.
 */
public final class AgentLog {
  private AgentLog() {}

  /** A line that says what happened and what to do about it. Never throws. */
  public static void line(String text) {
    try {
      System.err.println("engram: " + text);
    } catch (Throwable ofTheApplication) {
      // Its stream may be anything, such as one of a test that wants nothing printed and throws an
      // error; a thread of ours must outlive it.
    }
  }
}
