package dev.engram.agent.instrumentation.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the beginning of a stream; what handles it is put behind what watches it. */
public final class StreamingChatAdvice {
  private StreamingChatAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
  public static @Nullable StreamingChatResponseHandler enter(
      @Advice.This Object model,
      @Advice.Argument(0) @Nullable ChatRequest request,
      @Advice.Argument(1) @Nullable StreamingChatResponseHandler handler) {
    return request == null || handler == null
        ? null
        : StreamingChatCapture.enter(model, request, handler);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable StreamingChatResponseHandler watched,
      @Advice.This Object model,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (watched != null) {
      StreamingChatCapture.exit(watched, model, thrown);
    }
  }
}
