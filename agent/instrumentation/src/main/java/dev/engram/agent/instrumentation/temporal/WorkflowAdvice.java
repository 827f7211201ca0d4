package dev.engram.agent.instrumentation.temporal;

import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor.WorkflowInput;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor.WorkflowOutput;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the code of a workflow, which may be executed to bring its state back. */
public final class WorkflowAdvice {
  private WorkflowAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) WorkflowInput input) {
    return TemporalCapture.workflowBegins(input);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object run,
      @Advice.Argument(0) WorkflowInput input,
      @Advice.Return @Nullable WorkflowOutput output,
      @Advice.Thrown @Nullable Throwable thrown) {
    TemporalCapture.workflowEnds(run, input, output, thrown);
  }
}
