package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a task of a worker of Vert.x. */
public final class WorkerTaskAdvice {
  private WorkerTaskAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object task) {
    return Handover.enter(task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      Handover.leave(entered);
    }
  }
}
