package dev.engram.agent.instrumentation.dbcp2;

import dev.engram.agent.core.remedy.ResizedPools;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before a pool gets an object back; it does not get one that was taken out. */
public final class ReturnAdvice {
  private ReturnAdvice() {}

  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = Advice.OnNonDefaultValue.class)
  public static boolean enter(
      @Advice.This Object pool, @Advice.Argument(0) @Nullable Object connection) {
    return connection != null && ResizedPools.givenBack(pool, connection);
  }
}
