package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import org.bsc.async.AsyncGenerator;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.jspecify.annotations.Nullable;

/** Before the action of a node, where nodes are to find in their state what is recalled of them. */
public final class RecallAdvice {
  private RecallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable AsyncNodeActionWithConfig<?> enter(
      @Advice.This AsyncGenerator<?> generator,
      @Advice.Argument(0) AsyncNodeActionWithConfig<?> action) {
    return LangGraph4jCapture.recalling(generator, action);
  }
}
