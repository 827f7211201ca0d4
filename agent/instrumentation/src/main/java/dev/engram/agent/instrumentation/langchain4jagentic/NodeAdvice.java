package dev.engram.agent.instrumentation.langchain4jagentic;

import dev.langchain4j.agentic.internal.AgentInvocationArguments;
import dev.langchain4j.agentic.planner.AgentInstance;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around the work of one agent of a system. */
public final class NodeAdvice {
  private NodeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This AgentInstance agent,
      @Advice.Argument(2) @Nullable AgentInvocationArguments arguments) {
    return AgenticCapture.enterNode(agent, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object node,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (node != null) {
      AgenticCapture.exitNode(node, returned, thrown);
    }
  }
}
