package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around what a codec, of whatever kind, makes of a message and hands on. */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object context) {
    return NettyCapture.streamRead((ChannelHandlerContext) context);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      NettyCapture.leave(entered);
    }
  }
}
