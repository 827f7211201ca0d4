package dev.engram.agent.instrumentation.reactornetty;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/** Around the application's handler, which may have waited for the answer of an earlier request. */
public final class HandlerAdvice {
  private HandlerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object operations) {
    return ReactorNettyCapture.enter((Connection) operations);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      ReactorNettyCapture.leave(entered);
    }
  }
}
