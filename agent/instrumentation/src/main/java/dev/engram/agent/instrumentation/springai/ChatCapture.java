package dev.engram.agent.instrumentation.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/** A round trip whose answer comes whole. */
final class ChatCapture {
  private ChatCapture() {}

  /** What is open, and the prompt it is open for. */
  private record Opened(RoundTrip trip, Prompt prompt) {}

  /**
   * @param arguments the prompt; then, if any, the answer whose tools were run
   */
  static @Nullable Object enter(Object model, @Nullable Object[] arguments) {
    if (!(arguments[0] instanceof Prompt prompt)) {
      return null;
    }
    ChatResponse earlier = earlier(arguments);
    RoundTrip trip = RoundTrip.open(model, prompt, earlier, Conversation.current(), "call");
    if (trip == null) {
      return null;
    }
    trip.call().begin();
    return new Opened(trip, prompt);
  }

  static void exit(Object opened, @Nullable Object response, @Nullable Throwable thrown) {
    RoundTrip trip = ((Opened) opened).trip();
    RoundTrip.close(((Opened) opened).prompt());
    trip.call().leave();
    if (thrown != null) {
      trip.failed(thrown);
    } else if (response instanceof ChatResponse answer) {
      trip.whole(answer);
    } else {
      trip.answered();
    }
  }

  static @Nullable ChatResponse earlier(@Nullable Object[] arguments) {
    return arguments.length > 1 && arguments[1] instanceof ChatResponse answer ? answer : null;
  }
}
