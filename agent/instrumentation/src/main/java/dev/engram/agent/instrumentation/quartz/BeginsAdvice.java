package dev.engram.agent.instrumentation.quartz;

import net.bytebuddy.asm.Advice;
import org.quartz.JobExecutionContext;

/** After the listeners were told that an execution begins, and none of them has forbidden it. */
public final class BeginsAdvice {
  private BeginsAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Argument(0) JobExecutionContext context, @Advice.Return boolean begins) {
    if (begins) {
      QuartzCapture.executionBegins(context);
    }
  }
}
