package dev.engram.agent.instrumentation.mongodb;

import com.mongodb.internal.async.SingleResultCallback;
import dev.engram.agent.core.capture.Handover;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;

/** Goes on, on the driver's thread, below the span in which a command was sent. */
final class CarriedCallback<T> implements SingleResultCallback<T> {
  private final OpenSpan span;
  private final SingleResultCallback<T> callback;

  private CarriedCallback(OpenSpan span, SingleResultCallback<T> callback) {
    this.span = span;
    this.callback = callback;
  }

  /** The callback to use, or null when there is nothing to carry. */
  static <T> @Nullable SingleResultCallback<T> of(SingleResultCallback<T> callback) {
    OpenSpan span = Tracing.current();
    return span == null ? null : new CarriedCallback<>(span, callback);
  }

  @Override
  public void onResult(@Nullable T result, @Nullable Throwable thrown) {
    Handover.carrying(span, () -> callback.onResult(result, thrown)).run();
  }
}
