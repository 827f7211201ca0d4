package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;

/** After a client has cancelled an HTTP/2 stream, and who serves it was told. */
public final class CancelAdvice {
  private CancelAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Argument(0) Object context, @Advice.Argument(1) int stream) {
    Http2Capture.closed((ChannelHandlerContext) context, stream);
  }
}
