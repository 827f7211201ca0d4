package dev.engram.agent.instrumentation.uncaught;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before a fork-join task takes in what its work has thrown. */
public final class ForkJoinAdvice {
  private ForkJoinAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object task, @Advice.Argument(0) @Nullable Throwable thrown) {
    if (thrown != null) {
      UncaughtCapture.failedForkJoinTask(task, thrown);
    }
  }
}
