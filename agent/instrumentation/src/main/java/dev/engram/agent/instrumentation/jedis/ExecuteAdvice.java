package dev.engram.agent.instrumentation.jedis;

import net.bytebuddy.asm.Advice;

/** Before a command is sent and its reply is read, both in one call. */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object connection) {
    JedisCapture.executing(connection);
  }
}
