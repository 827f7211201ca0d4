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
    if (isOn()) {
      return false;
    }
    WAITING.set(true);
    return true;
  }

  /** Whether this thread waits for one: what is executed now is the pool's own. */
  public static boolean isOn() {
    return Boolean.TRUE.equals(WAITING.get());
  }

  public static void end() {
    WAITING.set(false);
  }
}
