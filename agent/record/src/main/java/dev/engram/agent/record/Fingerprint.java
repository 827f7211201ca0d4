package dev.engram.agent.record;

import java.util.Locale;

/**
 * The tight identity of an error: type of the innermost relevant cause, message template and top
 * in-app frame. Pure and versioned: the agent matches remedies with it, the collector stores and
 * groups by it.
 */
public final class Fingerprint {
  /** Changes whenever equal input may give another fingerprint. */
  public static final int VERSION = 1;

  private Fingerprint() {}

  /**
   * The fingerprint of this exception; never 0.
   *
   * @param inApp which class names belong to the application
   */
  public static long of(ThrowableShape thrown, InAppFrames inApp) {
    throw new AssertionError("to be written");
  }

  /**
   * The short id users see and type, such as {@code E-1f0c9a77b3d2}: 12 hex digits of the
   * fingerprint.
   */
  public static String label(long fingerprint) {
    return String.format(Locale.ROOT, "E-%012x", fingerprint >>> 16);
  }
}
