package dev.engram.agent.instrumentation.langchain4jagentic;

import dev.langchain4j.agentic.planner.AgentInstance;
import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a call of a system of agents. */
public final class RunAdvice {
  private RunAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This AgentInstance system,
      @Advice.Argument(1) @Nullable Method method,
      @Advice.Argument(2) @Nullable Object @Nullable [] arguments) {
    return method == null ? null : AgenticCapture.enterRun(system, method, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object run,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (run != null) {
      AgenticCapture.exitRun(run, returned, thrown);
    }
  }
}
