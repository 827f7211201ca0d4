package dev.engram.agent.instrumentation.langgraph4j;

import java.util.Map;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import org.bsc.async.AsyncGenerator;
import org.jspecify.annotations.Nullable;

/** Around the question whether what a node returned holds a generator, such as a subgraph's. */
public final class UpdateAdvice {
  private UpdateAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This AsyncGenerator<?> generator, @Advice.AllArguments @Nullable Object[] arguments) {
    if (arguments[arguments.length - 1] instanceof Map<?, ?> update) {
      LangGraph4jCapture.updated(generator, update);
    }
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This AsyncGenerator<?> generator, @Advice.Return Optional<?> embedded) {
    if (embedded.isPresent()) {
      LangGraph4jCapture.goesOn(generator);
    }
  }
}
