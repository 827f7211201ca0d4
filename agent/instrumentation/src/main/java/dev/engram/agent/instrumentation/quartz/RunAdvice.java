package dev.engram.agent.instrumentation.quartz;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After all executions of a job that was due. */
public final class RunAdvice {
  private RunAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.FieldValue("jec") @Nullable Object context) {
    if (context != null) {
      QuartzCapture.ended(context);
    }
  }
}
