package dev.engram.agent.core.sql;

/**
 * Tells the outermost of nested requests for a connection: a wrapper asks a pool, and a pool its
 * driver. They meet here because each may come from a loader of its own. Confined to the thread.
 */
public final class ConnectionWait {
  private static final ThreadLocal<Boolean> WAITING = new ThreadLocal<>();

  private ConnectionWait() {}

  /** False inside another; when true, {@link #end()} must follow. */
  public static boolean begin() {
    if (Boolean.TRUE.equals(WAITING.get())) {
      return false;
    }
    WAITING.set(true);
    return true;
  }

  public static void end() {
    WAITING.set(false);
  }
}
