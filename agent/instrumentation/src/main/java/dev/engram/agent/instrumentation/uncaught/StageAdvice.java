package dev.engram.agent.instrumentation.uncaught;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before a {@code CompletableFuture} takes in what one of its functions has thrown. */
public final class StageAdvice {
  private StageAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) @Nullable Throwable thrown) {
    if (thrown != null) {
      UncaughtCapture.failedFuture(thrown);
    }
  }
}
