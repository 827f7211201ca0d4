package dev.engram.agent.instrumentation.concurrency;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code execute} of a Netty event loop. */
public final class EventLoopExecuteAdvice {
  private EventLoopExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object task) {
    return task == null ? null : EventLoopCapture.submitted(task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object task, @Advice.Thrown @Nullable Throwable refused) {
    if (task != null && refused != null) {
      EventLoopCapture.refused(task);
    }
  }
}
