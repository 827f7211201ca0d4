package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a task of a Netty event loop. */
public final class EventLoopTaskAdvice {
  private EventLoopTaskAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object task) {
    return EventLoopCapture.executing(task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      Handover.leave(entered);
    }
  }
}
