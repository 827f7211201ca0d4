package dev.engram.agent.instrumentation.methods;

import dev.engram.agent.core.capture.CapturedArguments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Follows one call of a remembered method, to its return or to the completion of its stage. */
final class MethodsCapture {
  private MethodsCapture() {}

  /** What {@link #exit} must be given, or null when capture is off. */
  static @Nullable Object enter(Class<?> type, String signature, @Nullable Object[] arguments) {
    RememberedMethod method = RememberedMethod.of(type, signature);
    OpenSpan span = method.ai() ? openAi(method, arguments) : openMethod(method);
    if (span == null) {
      return null;
    }
    span.enter();
    // An AI call keeps its input whatever becomes of it.
    boolean kept = !method.ai() && CapturedArguments.areKept(type.getName());
    return new MethodCall(span, method, kept ? () -> method.texts(arguments) : null);
  }

  static void exit(Object call, @Nullable Object returned, @Nullable Throwable thrown) {
    MethodCall methodCall = (MethodCall) call;
    methodCall.span().leave();
    if (thrown == null && returned instanceof CompletionStage<?> stage) {
      follow(stage, methodCall.followed());
    } else {
      methodCall.ended(returned, thrown);
    }
  }

  /** A method that is no span of its own: the one that it ran in keeps what it was given. */
  static void threw(
      Class<?> type, String signature, @Nullable Object[] arguments, Throwable thrown) {
    OpenSpan span = Tracing.current();
    if (span != null) {
      RememberedMethod method = RememberedMethod.of(type, signature);
      span.threw(thrown, method.functionName(), () -> method.texts(arguments));
    }
  }

  /** The stage may be the application's own class, which need not let itself be followed. */
  private static void follow(CompletionStage<?> stage, MethodCall call) {
    try {
      stage.whenComplete(call::completed);
    } catch (Throwable refused) {
      call.span().end();
    }
  }

  private static @Nullable OpenSpan openMethod(RememberedMethod method) {
    OpenSpan span = Tracing.open(SpanKind.INTERNAL, Category.METHOD, method.spanName());
    return span == null ? null : span.put(AttributeKey.CODE_FUNCTION_NAME, method.functionName());
  }

  private static @Nullable OpenSpan openAi(RememberedMethod method, @Nullable Object[] arguments) {
    SpanKind kind = method.provider().isEmpty() ? SpanKind.INTERNAL : SpanKind.CLIENT;
    OpenSpan span = Tracing.open(kind, Category.AI, method.spanName());
    if (span == null) {
      return null;
    }
    span.put(AttributeKey.CODE_FUNCTION_NAME, method.functionName())
        .put(AttributeKey.GEN_AI_PROVIDER_NAME, emptyToNull(method.provider()))
        .put(AttributeKey.GEN_AI_REQUEST_MODEL, emptyToNull(method.model()))
        .payload("input", "text/plain", MethodText.ofArguments(method.parameters(), arguments));
    return span.begun();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
