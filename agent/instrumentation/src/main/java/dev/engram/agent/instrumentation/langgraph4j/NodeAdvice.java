package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import org.bsc.async.AsyncGenerator;

/** Before the action of a node, inside a step. */
public final class NodeAdvice {
  private NodeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This AsyncGenerator<?> generator, @Advice.Argument(0) Object action) {
    LangGraph4jCapture.nodeBegins(generator, action);
  }
}
