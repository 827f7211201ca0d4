package dev.engram.agent.instrumentation.anthropicjava;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one attempt, which may be on a thread of a timer. */
public final class AttemptAdvice {
  private AttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object request) throws Throwable {
    return AnthropicCapture.attempted(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object call) {
    if (call != null) {
      AnthropicCapture.left(call);
    }
  }
}
