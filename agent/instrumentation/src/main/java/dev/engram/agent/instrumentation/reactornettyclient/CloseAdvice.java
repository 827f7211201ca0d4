package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;
import reactor.netty.Connection;

/** After a connection was closed before its response was complete, and who waits was told. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object operations) {
    ReactorNettyClientCapture.closed((Connection) operations);
  }
}
