package dev.engram.agent.core.http;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * One call of an HTTP client by the application, and the attempts it takes: the first, redirects,
 * answers to a challenge, and retries. Each is a CLIENT span below whatever was current when the
 * call was made. Attempts follow one another, though not always on one thread.
 */
public final class ClientCall {
  /** The header that carries the trace to the server. */
  public static final String TRACEPARENT = "traceparent";

  private final @Nullable OpenSpan parent;
  private final @Nullable CallRuns runs;
  private volatile int attempts;
  private volatile @Nullable String sent;

  /** Called where the application makes the call, for the span it belongs to. */
  public ClientCall() {
    parent = Tracing.current();
    runs = CallRuns.current();
    attempts = runs == null ? 0 : runs.before();
  }

  /**
   * Opens the span of the next attempt. Null when capture is off, and inside an attempt of another
   * client, which would be counted twice.
   */
  public @Nullable OpenSpan attempt(ClientRequest request) {
    CallRuns known = runs == null ? CallRuns.current() : runs;
    if (known != null) {
      known.attempted(request);
    }
    if (isAttempt(parent)) {
      return null;
    }
    OpenSpan span = Tracing.openBelow(parent, SpanKind.CLIENT, Category.HTTP, request.spanName());
    if (span == null) {
      return null;
    }
    request.describe(span);
    ModelCall.attempted(parent, span);
    int earlier = attempts;
    attempts = earlier + 1;
    if (earlier > 0) {
      span.put(AttributeKey.HTTP_REQUEST_RESEND_COUNT, earlier);
    }
    return span;
  }

  /**
   * The {@code traceparent} to send with an attempt, or null when the request has one that the
   * application or another agent has made, which is left alone.
   *
   * @param existing what the request has already; may be that of an earlier attempt, or copied from
   *     the request in which the call is made
   */
  public @Nullable String traceparent(OpenSpan attempt, @Nullable String existing) {
    if (existing != null && !existing.equals(sent) && !attempt.cameWith(existing)) {
      return null;
    }
    String header = attempt.traceparent();
    sent = header;
    return header;
  }

  /** Whether a span is an attempt of any client. */
  public static boolean isAttempt(@Nullable OpenSpan span) {
    return span != null
        && span.kind() == SpanKind.CLIENT
        && span.category() == Category.HTTP
        && !span.isEnded();
  }
}
