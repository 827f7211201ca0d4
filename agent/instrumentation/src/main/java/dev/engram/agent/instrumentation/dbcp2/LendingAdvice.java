package dev.engram.agent.instrumentation.dbcp2;

import dev.engram.agent.core.remedy.ResizedPools;
import net.bytebuddy.asm.Advice;

/** After a pool has lent an object, which is a connection where anybody looks after the pool. */
public final class LendingAdvice {
  private LendingAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object pool) {
    ResizedPools.lent(pool);
  }
}
