package dev.engram.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one round trip to a chat model, on the application's thread. */
public final class ChatAdvice {
  private ChatAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object model, @Advice.AllArguments @Nullable Object[] arguments) {
    return ChatCapture.enter(model, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object opened,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (opened != null) {
      ChatCapture.exit(opened, response, thrown);
    }
  }
}
