package dev.engram.agent.instrumentation.concurrency;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before a task is put into a queue by which Vert.x runs one at a time on a pool. */
public final class TaskQueueAdvice {
  private TaskQueueAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable Runnable enter(@Advice.Argument(0) @Nullable Runnable task) {
    return task == null ? null : TaskQueueCapture.queued(task);
  }
}
