package dev.engram.agent.instrumentation.springai;

import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Sees what comes before the application does, on the thread of the stream; what the application
 * then does is in the span around the call. The record is committed before the end is handed on.
 */
final class WatchedAnswer implements CoreSubscriber<ChatResponse>, Subscription {
  private final RoundTrip trip;
  private final Prompt prompt;
  private final CoreSubscriber<? super ChatResponse> subscriber;
  private @Nullable Subscription subscription;

  WatchedAnswer(RoundTrip trip, Prompt prompt, CoreSubscriber<? super ChatResponse> subscriber) {
    this.trip = trip;
    this.prompt = prompt;
    this.subscriber = subscriber;
  }

  @Override
  public Context currentContext() {
    return subscriber.currentContext();
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    subscription = upstream;
    subscriber.onSubscribe(this);
  }

  @Override
  public void onNext(ChatResponse piece) {
    see(() -> trip.chunk(piece));
    trip.call().outside(() -> subscriber.onNext(piece));
  }

  @Override
  public void onError(Throwable thrown) {
    see(() -> trip.failed(thrown));
    RoundTrip.close(prompt);
    trip.call().outside(() -> subscriber.onError(thrown));
  }

  @Override
  public void onComplete() {
    see(trip::answered);
    RoundTrip.close(prompt);
    trip.call().outside(subscriber::onComplete);
  }

  @Override
  public void request(long pieces) {
    if (subscription != null) {
      subscription.request(pieces);
    }
  }

  @Override
  public void cancel() {
    see(trip::abandoned);
    RoundTrip.close(prompt);
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private static void see(Runnable what) {
    try {
      what.run();
    } catch (Throwable ours) {
      Tracing.failed();
    }
  }
}
