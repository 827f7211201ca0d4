package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;

/** After a part of a response was encoded, before it is flushed. */
public final class WriteAdvice {
  private WriteAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) Object context, @Advice.Argument(1) Object message) {
    NettyCapture.written((ChannelHandlerContext) context, message);
  }
}
