package dev.engram.agent.instrumentation.okhttp;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around all attempts of a call, below the application's interceptors; its exit says whether they
 * are made again.
 */
public final class RetryAdvice {
  private RetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object interceptor, @Advice.Argument(0) Object chain) {
    return RetryCapture.begin(interceptor, chain);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.Argument(0) Object chain,
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return call != null && RetryCapture.exit(call, chain, response, thrown);
  }
}
