package dev.engram.agent.instrumentation.uncaught;

import dev.engram.agent.core.capture.Tracing;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a future has returned its exception to somebody who asked. */
public final class AnsweringAdvice {
  private AnsweringAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return @Nullable Throwable thrown) {
    if (thrown != null) {
      Tracing.observed(thrown);
    }
  }
}
