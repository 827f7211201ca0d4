package dev.engram.agent.instrumentation.uncaught;

import net.bytebuddy.asm.Advice;

/** Before a {@code FutureTask} takes in what its work has thrown. */
public final class FutureTaskAdvice {
  private FutureTaskAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object task, @Advice.Argument(0) Throwable thrown) {
    UncaughtCapture.failedTask(task, thrown);
  }
}
