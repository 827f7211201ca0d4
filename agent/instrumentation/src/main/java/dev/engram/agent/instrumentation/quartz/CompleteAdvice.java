package dev.engram.agent.instrumentation.quartz;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** Before the listeners are told that an execution has ended. */
public final class CompleteAdvice {
  private CompleteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) JobExecutionContext context,
      @Advice.Argument(1) @Nullable JobExecutionException thrown) {
    QuartzCapture.executed(context, thrown);
  }
}
