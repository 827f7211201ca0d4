package dev.engram.agent.core.remedy;

import dev.engram.agent.record.InAppFrames;
import java.lang.StackWalker.StackFrame;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/**
 * Whether a thread holds a monitor that others of the application may wait for. One that a server
 * holds below the application, such as that of a socket, is its own for the whole request; those of
 * the JDK's collections count, whose callers compute values inside. Stateless; costs some tenths of
 * a millisecond. Of locks that are no monitors nothing is known: finding them walks the heap.
 */
final class HeldMonitors {
  private static final String COLLECTIONS = "java.util.";

  private HeldMonitors() {}

  /** True also where it cannot be told. Never throws. */
  static boolean isAny(InAppFrames inApp) {
    return isAny(Thread.currentThread(), inApp);
  }

  /** The same of another thread; of a virtual one it cannot be told, nor of one that has ended. */
  static boolean isAny(Thread of, InAppFrames inApp) {
    try {
      long[] id = {of.getId()};
      ThreadInfo thread = ManagementFactory.getThreadMXBean().getThreadInfo(id, true, false)[0];
      return thread == null
          ? of != Thread.currentThread() || isInSynchronizedMethod(inApp)
          : Arrays.stream(thread.getLockedMonitors()).anyMatch(it -> matters(it, inApp));
    } catch (RuntimeException | LinkageError untold) {
      return true;
    }
  }

  private static boolean matters(MonitorInfo monitor, InAppFrames inApp) {
    StackTraceElement frame = monitor.getLockedStackFrame();
    return frame == null || matters(frame.getClassName(), inApp);
  }

  private static boolean matters(String holder, InAppFrames inApp) {
    return inApp.isInApp(holder) || holder.startsWith(COLLECTIONS);
  }

  /** All that is told of a virtual thread: not what its synchronized blocks hold. */
  static boolean isInSynchronizedMethod(InAppFrames inApp) {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .filter(frame -> matters(frame.getClassName(), inApp))
                    .anyMatch(HeldMonitors::isSynchronized));
  }

  private static boolean isSynchronized(StackFrame frame) {
    String name = frame.getMethodName();
    if (name.startsWith("<")) {
      return false;
    }
    try {
      return Modifier.isSynchronized(
          frame
              .getDeclaringClass()
              .getDeclaredMethod(name, frame.getMethodType().parameterArray())
              .getModifiers());
    } catch (NoSuchMethodException hidden) {
      return false;
    }
  }
}
