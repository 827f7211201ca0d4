package dev.engram.agent.instrumentation.flowable;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around an operation of a command. */
public final class OperationAdvice {
  private OperationAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object commandContext, @Advice.Argument(1) Object operation) {
    return FlowableCapture.operationBegins(commandContext, operation);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object leg, @Advice.Thrown @Nullable Throwable thrown) {
    if (leg != null) {
      FlowableCapture.operationEnds(leg, thrown);
    }
  }
}
