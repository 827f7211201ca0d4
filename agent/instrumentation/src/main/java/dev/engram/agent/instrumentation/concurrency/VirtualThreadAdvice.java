package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Before a virtual thread is made: its task is seen by nobody but the thread, so it may be wrapped.
 */
public final class VirtualThreadAdvice {
  private VirtualThreadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(3))
  public static @Nullable Runnable enter(@Advice.Argument(3) @Nullable Runnable task) {
    return task == null ? null : Handover.carrying(task);
  }
}
