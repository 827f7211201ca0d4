package dev.engram.agent.instrumentation.springbatch;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the execution of a job. */
public final class JobAdvice {
  private JobAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object execution) {
    return SpringBatchCapture.jobBegins(execution);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object run,
      @Advice.Argument(0) Object execution,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (run != null) {
      SpringBatchCapture.jobEnds(run, execution, thrown);
    }
  }
}
