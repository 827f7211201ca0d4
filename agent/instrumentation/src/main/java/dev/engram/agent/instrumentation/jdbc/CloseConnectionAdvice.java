package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;

/** After {@code Connection.close()}. */
public final class CloseConnectionAdvice {
  private CloseConnectionAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object connection) {
    ConnectionState.closed(connection);
  }
}
