package dev.engram.agent.instrumentation.methods;

import dev.engram.agent.core.capture.ApplicationText;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A call whose span is open. Ended by one thread, which may not be the caller's. */
record MethodCall(OpenSpan span, RememberedMethod method) {

  /** Told by the stage; nothing may escape into the thread that completed it. */
  void completed(@Nullable Object result, @Nullable Throwable thrown) {
    try {
      ended(result, unwrapped(thrown));
    } catch (Throwable ours) {
      span.end();
    }
  }

  void ended(@Nullable Object result, @Nullable Throwable thrown) {
    if (thrown != null) {
      span.fail(thrown, ExceptionOrigin.ESCAPED, method.site());
    } else if (method.ai() && result != null) {
      span.payload("output", "text/plain", ApplicationText.of(result));
    }
    span.end();
  }

  /** Stages carry the exception of an earlier stage in one of their own. */
  private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
