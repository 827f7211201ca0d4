package dev.engram.agent.instrumentation.apachehttpclient5;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one attempt of the classic client, from connecting to the response's headers. */
public final class AttemptAdvice {
  private AttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object request, @Advice.Argument(1) Object scope) {
    return ApacheHttpClient5Capture.attempted(request, scope);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object attempt,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (attempt != null) {
      ApacheHttpClient5Capture.ended(attempt, response, thrown);
    }
  }
}
