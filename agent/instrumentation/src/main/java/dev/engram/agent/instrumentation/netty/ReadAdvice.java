package dev.engram.agent.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the handing on of what a decoder has decoded: at most one request at a time. */
public final class ReadAdvice {
  private ReadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object context, @Advice.Argument(1) Object messages) {
    return NettyCapture.read((ChannelHandlerContext) context, (List<?>) messages);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      NettyCapture.leave(entered);
    }
  }
}
