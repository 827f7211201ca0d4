package dev.engram.agent.instrumentation.okhttp;

import dev.engram.agent.core.ai.wire.WireCall;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The application's callback for the answer of a model, which is given an answer read along. */
final class ModelAnswerCallback implements Callback {
  private final WireCall asked;
  private final Callback callback;

  private ModelAnswerCallback(WireCall asked, Callback callback) {
    this.asked = asked;
    this.callback = callback;
  }

  /** Null when no model is asked. */
  static @Nullable Callback of(@Nullable WireCall asked, @Nullable Callback callback) {
    return asked == null || callback == null ? null : new ModelAnswerCallback(asked, callback);
  }

  static void enqueued(Callback callback, @Nullable Throwable thrown) {
    WireCall asked = ((ModelAnswerCallback) callback).asked;
    asked.leave();
    if (thrown != null) {
      asked.failed(thrown, ModelQuestion.SITE);
    }
  }

  @Override
  public void onFailure(Call call, IOException thrown) {
    asked.failed(thrown, ModelQuestion.SITE);
    callback.onFailure(call, thrown);
  }

  @Override
  public void onResponse(Call call, Response response) throws IOException {
    callback.onResponse(call, ModelQuestion.remembered(asked, response));
  }
}
