package dev.engram.agent.instrumentation.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Before a request is handed on to the next interceptor. */
public final class ProceedAdvice {
  private ProceedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable Request enter(
      @Advice.This Object chain, @Advice.Argument(0) @Nullable Request request) {
    return request == null ? null : OkHttpCapture.sent(chain, request);
  }
}
