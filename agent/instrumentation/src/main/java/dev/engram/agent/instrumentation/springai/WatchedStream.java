package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * A model's stream. Each subscription asks the model, and is a round trip of its own; the span is
 * current while it is subscribed to, which is when the model is asked.
 */
final class WatchedStream extends Flux<ChatResponse> {
  private final Flux<ChatResponse> stream;
  private final Object model;
  private final Prompt prompt;
  private final @Nullable ChatResponse earlier;
  private final @Nullable String conversation;
  private final @Nullable OpenSpan around;

  /**
   * @param earlier the answer whose tools were run, or null
   * @param around that the application was in when it asked for the stream; counts where nothing is
   *     current on the thread that subscribes
   */
  WatchedStream(
      Flux<ChatResponse> stream,
      Object model,
      Prompt prompt,
      @Nullable ChatResponse earlier,
      @Nullable String conversation,
      @Nullable OpenSpan around) {
    this.stream = stream;
    this.model = model;
    this.prompt = prompt;
    this.earlier = earlier;
    this.conversation = conversation;
    this.around = around;
  }

  @Override
  public void subscribe(CoreSubscriber<? super ChatResponse> subscriber) {
    OpenSpan entered = around != null && Tracing.current() == null ? around.enter() : null;
    RoundTrip trip = open();
    try {
      stream.subscribe(trip == null ? subscriber : watching(trip, subscriber));
    } finally {
      if (trip != null) {
        trip.call().leave();
      }
      if (entered != null) {
        entered.leave();
      }
    }
  }

  private @Nullable RoundTrip open() {
    try {
      return RoundTrip.open(model, prompt, earlier, conversation, "stream");
    } catch (RuntimeException | LinkageError ours) {
      Tracing.failed();
      return null;
    }
  }

  private CoreSubscriber<ChatResponse> watching(
      RoundTrip trip, CoreSubscriber<? super ChatResponse> subscriber) {
    WatchedAnswer answer = new WatchedAnswer(trip, prompt, subscriber);
    trip.call().streams(answer).begin();
    return answer;
  }
}
