package dev.engram.agent.instrumentation.tomcatjdbc;

import net.bytebuddy.asm.Advice;

/** After a pool's constructor. */
public final class PoolAdvice {
  private PoolAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object pool) {
    PoolCapture.made(pool);
  }
}
