package dev.engram.agent.instrumentation.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a call of a chat model. */
public final class ChatAdvice {
  private ChatAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object model, @Advice.Argument(0) @Nullable ChatRequest request) {
    return request == null ? null : ChatCapture.enter(model, request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object call,
      @Advice.This Object model,
      @Advice.Return @Nullable ChatResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (call != null) {
      ChatCapture.exit(call, model, response, thrown);
    }
  }
}
