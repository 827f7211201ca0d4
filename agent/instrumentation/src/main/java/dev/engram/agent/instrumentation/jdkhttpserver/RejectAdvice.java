package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before the server answers a request that no handler will see. */
public final class RejectAdvice {
  private RejectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) int status, @Advice.Argument(1) @Nullable String requestLine) {
    JdkHttpServerCapture.rejected(status, requestLine);
  }
}
