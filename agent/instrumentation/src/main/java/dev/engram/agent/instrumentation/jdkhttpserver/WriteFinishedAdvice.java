package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;

/**
 * Before the server learns that the response is written, which frees the connection for the next
 * request.
 */
public final class WriteFinishedAdvice {
  private WriteFinishedAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) Object transaction) {
    JdkHttpServerCapture.written(transaction);
  }
}
