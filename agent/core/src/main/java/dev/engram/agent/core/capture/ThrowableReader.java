package dev.engram.agent.core.capture;

import dev.engram.agent.record.Hash64;
import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.ThrowableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is kept of one Throwable, within limits; survives cycles. For one use, confined to one
 * thread.
 */
final class ThrowableReader {
  private final CaptureLimits limits;
  private final LongPredicate wasSent;
  private final List<Throwable> path = new ArrayList<>();
  private final List<Long> stacksWithFrames = new ArrayList<>();
  private int suppressedLeft;

  /**
   * @param wasSent whether the frames of this stack hash need not be sent again
   */
  ThrowableReader(CaptureLimits limits, LongPredicate wasSent) {
    this.limits = limits;
    this.wasSent = wasSent;
    this.suppressedLeft = limits.suppressed();
  }

  ThrowableShape read(Throwable thrown) {
    return shape(thrown, 0);
  }

  /** The stack hashes whose frames are in what was read. */
  List<Long> stacksWithFrames() {
    return stacksWithFrames;
  }

  private ThrowableShape shape(Throwable thrown, int depth) {
    path.add(thrown);
    StackTraceElement[] trace = Thrown.frames(thrown);
    int kept = Math.min(trace.length, limits.frames());
    long stackHash = kept == 0 ? 0 : stackHash(trace, kept);
    ThrowableShape shape =
        new ThrowableShape(
            thrown.getClass().getName(),
            Thrown.message(thrown),
            stackHash,
            frames(trace, kept, stackHash),
            trace.length - kept,
            cause(thrown, depth),
            suppressed(thrown, depth));
    path.remove(path.size() - 1);
    return shape;
  }

  private @Nullable ThrowableShape cause(Throwable thrown, int depth) {
    Throwable cause = depth < limits.causes() ? Thrown.cause(thrown) : null;
    return cause == null || isOnPath(cause) ? null : shape(cause, depth + 1);
  }

  private List<ThrowableShape> suppressed(Throwable thrown, int depth) {
    Throwable[] suppressed = thrown.getSuppressed();
    if (suppressed.length == 0 || depth > limits.causes()) {
      return List.of();
    }
    List<ThrowableShape> shapes = new ArrayList<>();
    for (Throwable next : suppressed) {
      if (!isOnPath(next) && suppressedLeft > 0) {
        suppressedLeft--;
        shapes.add(shape(next, depth + 1));
      }
    }
    return shapes;
  }

  private boolean isOnPath(Throwable thrown) {
    for (Throwable other : path) {
      if (other == thrown) {
        return true;
      }
    }
    return false;
  }

  private List<StackFrame> frames(StackTraceElement[] trace, int kept, long stackHash) {
    if (kept == 0 || wasSent.test(stackHash)) {
      return List.of();
    }
    stacksWithFrames.add(stackHash);
    List<StackFrame> frames = new ArrayList<>(kept);
    for (int i = 0; i < kept; i++) {
      frames.add(frame(trace[i]));
    }
    return frames;
  }

  private static StackFrame frame(StackTraceElement element) {
    return new StackFrame(
        element.getClassName(),
        element.getMethodName(),
        element.getFileName(),
        element.getLineNumber());
  }

  /** Identifies these frames; never 0. */
  static long stackHash(List<StackFrame> frames) {
    Hash64 hash = new Hash64();
    for (StackFrame frame : frames) {
      add(frame, hash);
    }
    return hash.value();
  }

  private static long stackHash(StackTraceElement[] trace, int kept) {
    Hash64 hash = new Hash64();
    for (int i = 0; i < kept; i++) {
      add(frame(trace[i]), hash);
    }
    return hash.value();
  }

  private static void add(StackFrame frame, Hash64 hash) {
    hash.add(frame.className())
        .add(frame.methodName())
        .add(Objects.requireNonNullElse(frame.fileName(), ""))
        .add(frame.lineNumber());
  }
}
