package dev.engram.agent.instrumentation.apachehttpclient4;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a call, all of whose attempts are made on the caller's thread. */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter(
      @Advice.Argument(0) @Nullable Object target, @Advice.Argument(1) Object request) {
    return ApacheHttpClient4Capture.called(target, request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object scope,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (scope != null) {
      ApacheHttpClient4Capture.returned(scope, response, thrown);
    }
  }
}
