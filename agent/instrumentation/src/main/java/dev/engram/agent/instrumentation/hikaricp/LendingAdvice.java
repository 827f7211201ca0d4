package dev.engram.agent.instrumentation.hikaricp;

import dev.engram.agent.core.remedy.ResizedPools;
import net.bytebuddy.asm.Advice;

/** After a pool has lent a connection. */
public final class LendingAdvice {
  private LendingAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object pool, @Advice.Return Object connection) {
    ResizedPools.lent(pool, connection);
  }
}
