package dev.engram.agent.instrumentation.netty;

import io.netty.channel.Channel;
import net.bytebuddy.asm.Advice;

/** After the constructor of a channel. */
public final class OpenAdvice {
  private OpenAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object channel) {
    NettyCapture.opened((Channel) channel);
  }
}
