package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import org.bsc.langgraph4j.state.AgentState;
import org.jspecify.annotations.Nullable;

/** The same before the action of one branch of several. */
public final class RecallBranchAdvice {
  private RecallBranchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
  public static @Nullable AgentState enter(
      @Advice.Argument(0) Object action, @Advice.Argument(1) AgentState state) {
    return LangGraph4jCapture.recallingBranch(action, state);
  }
}
