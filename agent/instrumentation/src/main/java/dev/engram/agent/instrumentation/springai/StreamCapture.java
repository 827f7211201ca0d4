package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** Puts a stream behind one that sees what passes. */
final class StreamCapture {
  private StreamCapture() {}

  /**
   * @param arguments the prompt; then, if any, the answer whose tools were run
   * @return null when the stream stays what it is
   */
  @SuppressWarnings("unchecked")
  static @Nullable Flux<?> watched(Object model, @Nullable Object[] arguments, Flux<?> stream) {
    if (!(arguments[0] instanceof Prompt prompt)) {
      return null;
    }
    ChatResponse earlier = ChatCapture.earlier(arguments);
    RoundTrip before = RoundTrip.before(earlier);
    String conversation = Conversation.current();
    OpenSpan around = Tracing.current();
    if (before != null) {
      conversation = conversation == null ? before.conversation() : conversation;
      around = around == null ? before.around() : around;
    }
    return new WatchedStream(
        (Flux<ChatResponse>) stream, model, prompt, earlier, conversation, around);
  }
}
