package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import org.bsc.async.AsyncGenerator;
import org.jspecify.annotations.Nullable;

/** Around a step through a graph: a node and the choice of the next, or the beginning or end. */
public final class StepAdvice {
  private StepAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This AsyncGenerator<?> generator) {
    return LangGraph4jCapture.stepBegins(generator);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object leg,
      @Advice.This AsyncGenerator<?> generator,
      @Advice.Return AsyncGenerator.@Nullable Data<?> data,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (leg != null) {
      LangGraph4jCapture.stepEnds(leg, generator, data, thrown);
    }
  }
}
