package dev.engram.collector.server;

import java.util.concurrent.TimeUnit;

/** Waits between two looks at something that others change. */
final class Pause {
  private Pause() {}

  /** Whether the time has passed; false, with the thread's flag set, where it was interrupted. */
  static boolean of(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
