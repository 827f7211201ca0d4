package dev.engram.agent.instrumentation.uncaught;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the completion of a {@code CompletableFuture} with an exception. */
public final class CompleteAdvice {
  private CompleteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) @Nullable Throwable thrown) {
    if (thrown != null) {
      UncaughtCapture.failedFuture(thrown);
    }
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Argument(0) @Nullable Throwable thrown, @Advice.Return boolean completed) {
    if (thrown != null && !completed) {
      UncaughtCapture.tooLate(thrown);
    }
  }
}
