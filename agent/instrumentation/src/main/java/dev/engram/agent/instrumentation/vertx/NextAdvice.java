package dev.engram.agent.instrumentation.vertx;

import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the handling of a request that waited for the answer of an earlier one. */
public final class NextAdvice {
  private NextAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.FieldValue("chctx") Object context) {
    return VertxCapture.enter((ChannelHandlerContext) context);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      VertxCapture.leave(entered);
    }
  }
}
