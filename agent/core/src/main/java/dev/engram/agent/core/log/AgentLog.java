package dev.engram.agent.core.log;

/**
 * Writes single lines to stderr, prefixed with {@code engram: }. Thread-safe. The only class of the
 * agent that prints.
 */
public final class AgentLog {
  private AgentLog() {}

  /** A line that says what happened and what to do about it. */
  public static void line(String text) {
    System.err.println("engram: " + text);
  }
}
