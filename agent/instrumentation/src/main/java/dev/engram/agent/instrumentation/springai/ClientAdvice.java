package dev.engram.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the last advisor of a chat client, which asks the model. */
public final class ClientAdvice {
  private ClientAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object request) {
    return Conversation.enter(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object conversation) {
    if (conversation != null) {
      Conversation.exit(conversation);
    }
  }
}
