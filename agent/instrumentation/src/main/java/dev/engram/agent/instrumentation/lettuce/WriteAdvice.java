package dev.engram.agent.instrumentation.lettuce;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the writing of a command. */
public final class WriteAdvice {
  private WriteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("channel") @Nullable Object channel,
      @Advice.Argument(0) @Nullable Object command) {
    return command == null ? null : LettuceCapture.writing(channel, command);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object span, @Advice.Thrown @Nullable Throwable thrown) {
    if (span != null && thrown != null) {
      LettuceCapture.unwritten(span, thrown);
    }
  }
}
