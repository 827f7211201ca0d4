package dev.engram.agent.instrumentation.okhttp;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one pass below OkHttp's redirects and retries. */
public final class AttemptAdvice {
  private AttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object chain) {
    return OkHttpCapture.attempted(chain);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object attempt,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (attempt != null) {
      OkHttpCapture.ended(attempt, response, thrown);
    }
  }
}
