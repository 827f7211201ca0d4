package dev.engram.agent.instrumentation.reactornetty;

import net.bytebuddy.asm.Advice;
import reactor.netty.Connection;

/** Before the server answers for a handler that failed. */
public final class ErrorAdvice {
  private ErrorAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object operations, @Advice.Argument(0) Throwable thrown) {
    ReactorNettyCapture.failed((Connection) operations, thrown);
  }
}
