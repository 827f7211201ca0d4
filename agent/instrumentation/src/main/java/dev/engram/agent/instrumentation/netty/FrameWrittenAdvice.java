package dev.engram.agent.instrumentation.netty;

import net.bytebuddy.asm.Advice;

/** After headers or data were encoded for an HTTP/2 stream, before they are flushed. */
public final class FrameWrittenAdvice {
  private FrameWrittenAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.AllArguments Object[] arguments) {
    Http2Capture.written(arguments);
  }
}
