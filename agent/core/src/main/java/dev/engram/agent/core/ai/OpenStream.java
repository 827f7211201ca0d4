package dev.engram.agent.core.ai;

/**
 * What goes on as long as somebody reads it, and is watched by {@link OpenStreams}. Thread-safe.
 */
public interface OpenStream {
  /** Whether it has ended, and need not be watched any more. */
  boolean isOver();

  /**
   * Whether nobody will read it to its end.
   *
   * @param nanoTime now, by {@link System#nanoTime()}
   */
  boolean isAbandoned(long nanoTime);

  /** Ends it, unless it is over. Never throws. */
  void abandoned();

  /** The same where the service ends, and it may be in the middle of something. Never throws. */
  void stopped();
}
