package dev.engram.agent.instrumentation.apachehttpclient4;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one attempt, from connecting to the response's headers. */
public final class AttemptAdvice {
  private AttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object route, @Advice.Argument(1) Object request) {
    return ApacheHttpClient4Capture.attempted(route, request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object attempt,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (attempt != null) {
      ApacheHttpClient4Capture.ended(attempt, response, thrown);
    }
  }
}
