package dev.engram.agent.instrumentation.jedis;

import net.bytebuddy.asm.Advice;

/** Before a connection is given back to its pool, or given up: no more replies are read. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object connection) {
    JedisCapture.closing(connection);
  }
}
