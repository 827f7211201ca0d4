package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the handing on of headers or data that were read from an HTTP/2 stream. */
public final class FrameAdvice {
  private FrameAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object context,
      @Advice.Argument(1) int stream,
      @Advice.Argument(2) Object part) {
    return Http2Capture.read((ChannelHandlerContext) context, stream, part);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Argument(0) Object context,
      @Advice.Argument(1) int stream) {
    if (entered != null) {
      Http2Capture.leave(entered, (ChannelHandlerContext) context, stream);
    }
  }
}
