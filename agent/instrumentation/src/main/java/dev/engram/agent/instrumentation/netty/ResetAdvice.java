package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Stream;
import net.bytebuddy.asm.Advice;

/** After an HTTP/2 stream was reset from this side. */
public final class ResetAdvice {
  private ResetAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Argument(0) Object context, @Advice.Argument(1) Object stream) {
    Http2Capture.closed((ChannelHandlerContext) context, ((Http2Stream) stream).id());
  }
}
