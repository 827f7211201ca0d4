package dev.engram.agent.instrumentation.uncaught;

import dev.engram.agent.core.capture.Tracing;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a future has thrown its exception at somebody who asked. */
public final class ThrowingAdvice {
  private ThrowingAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null) {
      Tracing.observed(thrown);
    }
  }
}
