package dev.engram.agent.core.instrument.sample;

import dev.engram.agent.core.instrument.Calls;
import net.bytebuddy.asm.Advice;

/** Notes enter and exit. */
public final class NotingAdvice {
  private NotingAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter(@Advice.This Object self) {
    Calls.add("enter");
    return self.getClass().getSimpleName();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter Object opened) {
    if (opened != null) {
      Calls.add("exit " + opened);
    }
  }
}
