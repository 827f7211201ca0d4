package dev.engram.agent.instrumentation.methods;

import dev.engram.agent.core.capture.ApplicationText;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.core.decision.Surrounding;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call whose span is open. Ended by one thread, which may not be the caller's.
 *
 * @param arguments texts to keep if it throws; null when they are not to be kept
 */
record MethodCall(
    OpenSpan span, RememberedMethod method, @Nullable Supplier<Map<String, String>> arguments) {
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
      if (arguments != null) {
        span.threw(thrown, method.functionName(), arguments);
      }
      span.fail(thrown, ExceptionOrigin.ESCAPED, method.site());
    } else if (method.ai() && result != null) {
      String output = ApplicationText.of(result);
      span.payload("output", "text/plain", output);
      Decisions.ofAnswer(output, Surrounding.NONE, span);
    }
    span.end();
  }

  /** The same without the arguments themselves: a stage may complete late, or never. */
  MethodCall followed() {
    if (arguments == null) {
      return this;
    }
    Map<String, String> texts = arguments.get();
    return new MethodCall(span, method, () -> texts);
  }

  /** Stages carry the exception of an earlier stage in one of their own. */
  private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
