package dev.engram.agent.core.instrument;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.log.AgentLog;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the failures of one advice class; too many blow it, and the advice is off for good. Each
 * is counted among the records that were given up. Thread-safe; runs on application threads.
 */
final class AdviceFuse {
  /** How many failures an advice class may have in the life of the JVM. */
  static final int FAILURES = 10;

  private static final MethodHandle FAILED = findFailed();

  private final String adviceClass;
  private final Runnable blow;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param blow switches the advice class off; called once
   */
  AdviceFuse(String adviceClass, Runnable blow) {
    this.adviceClass = adviceClass;
    this.blow = blow;
  }

  /** The same handle, but what it throws is counted here and answered with zero or null. */
  MethodHandle guard(MethodHandle advice) {
    MethodType type = advice.type();
    MethodHandle counted = FAILED.bindTo(this);
    Class<?> result = type.returnType();
    MethodHandle answered =
        result == void.class
            ? counted
            : MethodHandles.filterReturnValue(counted, MethodHandles.zero(result));
    return MethodHandles.catchException(advice, Throwable.class, answered);
  }

  boolean isBlown() {
    return failures.get() >= FAILURES;
  }

  /** A full stack or heap is the application's trouble, not the advice's. */
  private void failed(Throwable thrown) {
    Tracing.failed();
    if (thrown instanceof VirtualMachineError || failures.incrementAndGet() != FAILURES) {
      return;
    }
    AgentLog.line(
        adviceClass
            + " failed "
            + FAILURES
            + " times and is now off, the service runs on; last: "
            + Thrown.place(thrown));
    blow.run();
  }

  private static MethodHandle findFailed() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              AdviceFuse.class, "failed", MethodType.methodType(void.class, Throwable.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
