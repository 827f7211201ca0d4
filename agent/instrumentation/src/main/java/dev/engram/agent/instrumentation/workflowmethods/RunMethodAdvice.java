package dev.engram.agent.instrumentation.workflowmethods;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a method that is a run of a workflow. */
public final class RunMethodAdvice {
  private RunMethodAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m#s") String signature,
      @Advice.AllArguments @Nullable Object[] arguments) {
    return WorkflowMethodsCapture.runBegins(type, signature, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object call,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (call != null) {
      WorkflowMethodsCapture.returned(call, returned, thrown);
    }
  }
}
