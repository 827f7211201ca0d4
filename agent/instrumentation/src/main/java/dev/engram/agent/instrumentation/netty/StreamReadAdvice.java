package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** After a frame of an HTTP/2 stream became a message, before that is handed on. */
public final class StreamReadAdvice {
  private StreamReadAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) Object context, @Advice.Argument(2) Object messages) {
    NettyCapture.read((ChannelHandlerContext) context, (List<?>) messages);
  }
}
