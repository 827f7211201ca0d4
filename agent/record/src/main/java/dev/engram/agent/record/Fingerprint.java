package dev.engram.agent.record;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tight identity of an error: type of the innermost relevant cause, message template and top
 * in-app frame. Pure and versioned: the agent matches remedies with it, the collector stores and
 * groups by it.
 */
public final class Fingerprint {
  /** Changes whenever equal input may give another fingerprint. */
  public static final int VERSION = 1;

  /** Causes beyond this are not looked at, so that no chain can keep a caller busy. */
  private static final int MAX_CAUSES = 64;

  private Fingerprint() {}

  /**
   * The fingerprint of this exception; never 0. Resolve a stack hash to its frames first: without
   * frames only type and message count.
   *
   * @param inApp which class names belong to the application
   */
  public static long of(ThrowableShape thrown, InAppFrames inApp) {
    ThrowableShape innermost = innermost(thrown);
    return new Hash64()
        .add(VERSION)
        .add(FrameName.ofClass(innermost.type()))
        .add(MessageTemplate.of(innermost.message()))
        .add(frame(thrown, innermost, inApp))
        .value();
  }

  /**
   * The short id users see and type, such as {@code E-1f0c9a77b3d2}: 12 hex digits of the
   * fingerprint.
   */
  public static String label(long fingerprint) {
    return String.format(Locale.ROOT, "E-%012x", fingerprint >>> 16);
  }

  private static ThrowableShape innermost(ThrowableShape thrown) {
    ThrowableShape innermost = thrown;
    for (int i = 0; i < MAX_CAUSES && innermost.cause() != null; i++) {
      innermost = innermost.cause();
    }
    return innermost;
  }

  /**
   * The place in the application that is nearest to the fault: of the innermost cause, else of the
   * throwable nearest to it that has one, else the top frame of all.
   */
  private static String frame(ThrowableShape thrown, ThrowableShape innermost, InAppFrames inApp) {
    String nearest = null;
    ThrowableShape next = thrown;
    for (int i = 0; i <= MAX_CAUSES && next != null; i++) {
      String frame = topInApp(next, inApp);
      nearest = frame != null ? frame : nearest;
      next = next.cause();
    }
    if (nearest != null) {
      return nearest;
    }
    return innermost.frames().isEmpty() ? "" : FrameName.of(innermost.frames().get(0));
  }

  private static @Nullable String topInApp(ThrowableShape thrown, InAppFrames inApp) {
    for (StackFrame frame : thrown.frames()) {
      if (!FrameName.isGenerated(frame) && inApp.isInApp(frame.className())) {
        return FrameName.of(frame);
      }
    }
    return null;
  }
}
