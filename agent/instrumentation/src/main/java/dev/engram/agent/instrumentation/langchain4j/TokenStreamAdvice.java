package dev.engram.agent.instrumentation.langchain4j;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the start of what an AI service streams. */
public final class TokenStreamAdvice {
  private TokenStreamAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return ServiceCapture.started(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable thrown) {
    if (call != null) {
      ServiceCapture.afterStart(call, thrown);
    }
  }
}
