package dev.engram.agent.instrumentation.jedis;

import net.bytebuddy.asm.Advice;

/** Before a connection is opened, unless it is open. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object connection) {
    JedisCapture.connecting(connection);
  }
}
