package dev.engram.agent.instrumentation.googleadk;

import com.google.adk.models.BaseLlm;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import dev.engram.agent.core.ai.ModelCall;
import io.reactivex.rxjava3.core.Flowable;
import org.jspecify.annotations.Nullable;

/** A model's answer, from the asking on. */
final class ModelCapture {
  private ModelCapture() {}

  /** What is asked, and the call that was opened for it. */
  record Asked(BaseLlm model, LlmRequest request, boolean streams, ModelCall call) {
    String site() {
      return model.getClass().getName() + "#generateContent";
    }
  }

  static @Nullable Object enter(Object model, @Nullable Object request, boolean streams) {
    if (!(model instanceof BaseLlm asking) || !(request instanceof LlmRequest asked)) {
      return null;
    }
    ModelCall call = Question.open(asking, asked);
    return call == null ? null : new Asked(asking, asked, streams, call.begin());
  }

  @SuppressWarnings("unchecked")
  static @Nullable Flowable<?> exit(
      Object opened, @Nullable Flowable<?> answer, @Nullable Throwable thrown) {
    Asked asked = (Asked) opened;
    asked.call().leave();
    if (thrown != null) {
      asked.call().fail(thrown, asked.site());
      return null;
    }
    if (answer == null) {
      asked.call().end();
      return null;
    }
    return new WatchedModel((Flowable<LlmResponse>) answer, asked);
  }
}
