package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;

/** After what {@link StreamReadAdvice} has seen was handed on. */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.This Object codec, @Advice.Argument(0) Object context) {
    NettyCapture.streamRead(codec, (ChannelHandlerContext) context);
  }
}
