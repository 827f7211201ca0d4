package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.models.LlmResponse;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Sees what comes before the kit does, on the thread of the stream; what the kit then does, such as
 * running tools, is in the span around the call. The record is committed before the end is handed
 * on.
 */
final class WatchedAnswer implements FlowableSubscriber<LlmResponse>, Subscription {
  private final ModelCall call;
  private final ModelCapture.Asked asked;
  private final Subscriber<? super LlmResponse> subscriber;
  private final Answer answer = new Answer();
  private @Nullable Subscription subscription;

  WatchedAnswer(
      ModelCall call, ModelCapture.Asked asked, Subscriber<? super LlmResponse> subscriber) {
    this.call = call;
    this.asked = asked;
    this.subscriber = subscriber;
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    subscription = upstream;
    subscriber.onSubscribe(this);
  }

  @Override
  public void onNext(LlmResponse response) {
    see(
        () -> {
          String text = answer.add(response);
          if (asked.streams()) {
            call.chunk(text);
          }
        });
    call.outside(() -> subscriber.onNext(response));
  }

  @Override
  public void onError(Throwable thrown) {
    see(() -> answer.tell(call));
    call.fail(thrown, asked.site());
    call.outside(() -> subscriber.onError(thrown));
  }

  @Override
  public void onComplete() {
    see(() -> answer.tell(call));
    call.end();
    call.outside(subscriber::onComplete);
  }

  @Override
  public void request(long responses) {
    if (subscription != null) {
      subscription.request(responses);
    }
  }

  /** An answer that does not stream is whole when it has come. */
  @Override
  public void cancel() {
    see(() -> answer.tell(call));
    if (answer.isWhole() && !asked.streams()) {
      call.end();
    } else {
      call.incomplete();
    }
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
