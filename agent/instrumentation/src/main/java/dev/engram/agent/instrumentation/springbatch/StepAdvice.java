package dev.engram.agent.instrumentation.springbatch;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the execution of a step. */
public final class StepAdvice {
  private StepAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object execution) {
    return SpringBatchCapture.stepBegins(execution);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object node,
      @Advice.This Object step,
      @Advice.Argument(0) Object execution,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (node != null) {
      SpringBatchCapture.stepEnds(node, step, execution, thrown);
    }
  }
}
