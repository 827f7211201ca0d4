package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import org.bsc.async.AsyncGenerator;
import org.jspecify.annotations.Nullable;

/** After the application has read on: what fails in a subgraph shows here alone. */
public final class StreamNextAdvice {
  private StreamNextAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This AsyncGenerator<?> stream,
      @Advice.Return AsyncGenerator.@Nullable Data<?> data,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null || data != null && (data.isDone() || data.isError())) {
      LangGraph4jCapture.streamEnds(stream, data, thrown);
    }
  }
}
