package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import org.bsc.async.AsyncGenerator;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.RunnableConfig;

/** After the constructor of what walks through a graph. */
public final class LegAdvice {
  private LegAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This AsyncGenerator<?> generator,
      @Advice.Argument(0) CompiledGraph<?> graph,
      @Advice.Argument(1) Object input,
      @Advice.Argument(2) RunnableConfig config) {
    LangGraph4jCapture.made(generator, graph, input, config);
  }
}
