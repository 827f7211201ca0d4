package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;

/** Before a handler is told of an exception. */
public final class ExceptionAdvice {
  private ExceptionAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object context, @Advice.Argument(0) Throwable thrown) {
    NettyCapture.thrown((ChannelHandlerContext) context, thrown);
  }
}
