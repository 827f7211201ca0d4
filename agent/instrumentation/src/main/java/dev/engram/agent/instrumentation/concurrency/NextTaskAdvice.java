package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Between two tasks of a worker: the one is over, the other begins. */
public final class NextTaskAdvice {
  private NextTaskAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter() {
    Handover.idle();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return @Nullable Object task) {
    if (task != null) {
      Handover.enter(task);
    }
  }
}
