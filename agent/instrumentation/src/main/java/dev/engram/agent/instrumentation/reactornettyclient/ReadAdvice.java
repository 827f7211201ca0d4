package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/** Around what a part of the response causes in the application: it goes on where it called. */
public final class ReadAdvice {
  private ReadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object operations, @Advice.Argument(1) Object part) {
    return ReactorNettyClientCapture.enter((Connection) operations, part);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      ReactorNettyClientCapture.leave(entered);
    }
  }
}
