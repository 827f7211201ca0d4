package dev.engram.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one call of a tool. */
public final class ToolAdvice {
  private ToolAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object tool, @Advice.Argument(0) @Nullable String arguments) {
    return ToolCapture.enter(tool, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object opened,
      @Advice.This Object tool,
      @Advice.Return @Nullable String result,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (opened != null) {
      ToolCapture.exit(opened, tool, result, thrown);
    }
  }
}
