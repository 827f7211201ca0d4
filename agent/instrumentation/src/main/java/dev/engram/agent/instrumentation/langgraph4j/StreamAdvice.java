package dev.engram.agent.instrumentation.langgraph4j;

import net.bytebuddy.asm.Advice;
import org.bsc.async.AsyncGenerator;

/** After the constructor of the stream that the application reads. */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This AsyncGenerator<?> stream, @Advice.Argument(0) AsyncGenerator<?> generator) {
    LangGraph4jCapture.streams(stream, generator);
  }
}
