package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.ai.wire.AnswerBytes;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Tells of the bytes of an answer before the application's subscriber is given them. */
final class ModelAnswerSubscriber<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> subscriber;
  private final AnswerBytes along;
  private final String site;

  ModelAnswerSubscriber(BodySubscriber<T> subscriber, AnswerBytes along, String site) {
    this.subscriber = subscriber;
    this.along = along;
    this.site = site;
    along.readThrough(subscriber);
  }

  @Override
  public CompletionStage<T> getBody() {
    return subscriber.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscriber.onSubscribe(new Cancellable(subscription, along));
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    parts.forEach(along::add);
    subscriber.onNext(parts);
  }

  @Override
  public void onError(Throwable thrown) {
    along.failed(thrown, site);
    subscriber.onError(thrown);
  }

  @Override
  public void onComplete() {
    along.ended();
    subscriber.onComplete();
  }

  /** Who cancels reads no more. */
  private record Cancellable(Flow.Subscription subscription, AnswerBytes along)
      implements Flow.Subscription {
    @Override
    public void request(long count) {
      subscription.request(count);
    }

    @Override
    public void cancel() {
      along.closed();
      subscription.cancel();
    }
  }
}
