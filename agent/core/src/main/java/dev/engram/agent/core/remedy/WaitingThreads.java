package dev.engram.agent.core.remedy;

import java.util.Set;

/** Tells threads that may wait from event loops, which serve others. Thread-safe; never throws. */
final class WaitingThreads {
  /** Types by which frameworks mark theirs, and classes of those that have no mark. */
  private static final Set<String> NEVER =
      Set.of(
          "reactor.core.scheduler.NonBlocking",
          "io.reactivex.internal.schedulers.NonBlockingThread",
          "io.reactivex.rxjava3.internal.schedulers.NonBlockingThread",
          // Those of Vert.x extend it, its workers among them.
          "io.netty.util.concurrent.FastThreadLocalThread",
          "org.xnio.XnioIoThread",
          "java.awt.EventDispatchThread");

  /** Kept by the threads' own classes, so that no loader is kept by us. */
  private static final ClassValue<Boolean> MAY =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return !isOneOf(type);
        }
      };

  private WaitingThreads() {}

  static boolean mayWait(Thread thread) {
    return MAY.get(thread.getClass());
  }

  private static boolean isOneOf(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (NEVER.contains(each.getName())) {
        return true;
      }
      for (Class<?> mark : each.getInterfaces()) {
        if (isOneOf(mark)) {
          return true;
        }
      }
    }
    return false;
  }
}
