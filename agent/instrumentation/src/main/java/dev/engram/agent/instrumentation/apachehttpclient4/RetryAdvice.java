package dev.engram.agent.instrumentation.apachehttpclient4;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a whole call, on the application's thread; its exit says whether it is made again. */
public final class RetryAdvice {
  private RetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object client,
      @Advice.Argument(0) @Nullable Object target,
      @Advice.Argument(1) Object request) {
    return RetryCapture.begin(client, target, request);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return call != null && RetryCapture.exit(call, response, thrown);
  }
}
