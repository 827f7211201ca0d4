package dev.engram.agent.instrumentation.flowable;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the end of a command, which writes what it changed. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object commandContext) {
    return FlowableCapture.commandEnds(commandContext);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object legs, @Advice.Thrown @Nullable Throwable thrown) {
    if (legs != null) {
      FlowableCapture.commandEnded(legs, thrown);
    }
  }
}
