package dev.engram.agent.instrumentation.uncaught;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before a function is given the result of a {@code CompletableFuture}, value or exception. */
public final class HandlerAdvice {
  private HandlerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) @Nullable Object result) {
    UncaughtCapture.handled(result);
  }
}
