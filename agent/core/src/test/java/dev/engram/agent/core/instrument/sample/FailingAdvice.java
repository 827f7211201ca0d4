package dev.engram.agent.core.instrument.sample;

import dev.engram.agent.core.instrument.Calls;
import net.bytebuddy.asm.Advice;

/** Always fails. */
public final class FailingAdvice {
  private FailingAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter() {
    Calls.add("failing");
    throw new IllegalStateException("advice is broken");
  }
}
