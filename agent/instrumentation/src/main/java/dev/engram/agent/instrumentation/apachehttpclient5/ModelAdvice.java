package dev.engram.agent.instrumentation.apachehttpclient5;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a whole classic call, on the application's thread, which may ask a model. */
public final class ModelAdvice {
  private ModelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable Object target, @Advice.Argument(1) Object request) {
    return ModelQuestion.of(target, request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object asked,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (asked != null) {
      ModelQuestion.executed(asked, response, thrown);
    }
  }
}
