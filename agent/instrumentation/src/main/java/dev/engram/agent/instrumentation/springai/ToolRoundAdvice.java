package dev.engram.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the tools that one answer of a model calls, on the thread that runs them. */
public final class ToolRoundAdvice {
  private ToolRoundAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable Object prompt, @Advice.Argument(1) @Nullable Object response) {
    return ToolRound.enter(prompt, response);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object round) {
    if (round != null) {
      ToolRound.exit(round);
    }
  }
}
