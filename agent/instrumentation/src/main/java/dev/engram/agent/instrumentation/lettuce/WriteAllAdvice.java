package dev.engram.agent.instrumentation.lettuce;

import java.util.Collection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the writing of several commands at once. */
public final class WriteAllAdvice {
  private WriteAllAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("channel") @Nullable Object channel,
      @Advice.Argument(0) @Nullable Collection<?> commands) {
    return commands == null ? null : LettuceCapture.writingAll(channel, commands);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object spans, @Advice.Thrown @Nullable Throwable thrown) {
    if (spans != null && thrown != null) {
      LettuceCapture.unwrittenAll(spans, thrown);
    }
  }
}
