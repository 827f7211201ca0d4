package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.models.LlmResponse;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import io.reactivex.rxjava3.core.Flowable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * A model's answer. The first subscription takes the call that was opened when the model was asked;
 * one that comes later asks again.
 */
final class WatchedModel extends Flowable<LlmResponse> {
  private final Flowable<LlmResponse> answer;
  private final ModelCapture.Asked asked;
  private final AtomicReference<@Nullable ModelCall> opened;

  WatchedModel(Flowable<LlmResponse> answer, ModelCapture.Asked asked) {
    this.answer = answer;
    this.asked = asked;
    this.opened = new AtomicReference<>(asked.call());
    if (asked.streams()) {
      asked.call().streams(this);
    }
  }

  @Override
  protected void subscribeActual(Subscriber<? super LlmResponse> subscriber) {
    ModelCall call = call();
    if (call == null) {
      answer.subscribe(subscriber);
      return;
    }
    WatchedAnswer watched = new WatchedAnswer(call, asked, subscriber);
    if (asked.streams()) {
      call.streams(watched);
    }
    call.begin();
    try {
      answer.subscribe(watched);
    } finally {
      call.leave();
    }
  }

  private @Nullable ModelCall call() {
    ModelCall first = opened.getAndSet(null);
    try {
      return first == null ? Question.open(asked.model(), asked.request()) : first;
    } catch (RuntimeException | LinkageError ours) {
      Tracing.failed();
      return null;
    }
  }
}
