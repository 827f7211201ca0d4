package dev.engram.agent.instrumentation.dbcp2;

import net.bytebuddy.asm.Advice;

/** After the constructor of a data source over a pool. */
public final class PoolAdvice {
  private PoolAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) Object pool) {
    PoolCapture.made(pool);
  }
}
