package dev.engram.agent.instrumentation.okhttp;

import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Follows a call to the thread that makes it. The header is added on the way from the innermost
 * interceptor that the application's own request reaches, so that no response shows it.
 */
final class OkHttpCapture {
  private static final Attachments<ClientCall> CALLS = new Attachments<>();

  private OkHttpCapture() {}

  /** The call of a model that it is, which is current until it is left; null for none. */
  static @Nullable WireCall called(Object call) {
    WireCall asked = CALLS.get(call) == null ? ModelQuestion.of(((Call) call).request()) : null;
    CALLS.put(call, new ClientCall());
    return asked;
  }

  /** What {@link #ended} must be given, or null when the attempt is not remembered. */
  static @Nullable Object attempted(Object chain) {
    Interceptor.Chain attempted = (Interceptor.Chain) chain;
    ClientCall call = CALLS.get(attempted.call());
    OpenSpan span = call == null ? null : call.attempt(request(attempted.request()));
    return span == null ? null : span.enter();
  }

  /** The request with what it is to be sent with, or null when it is to be sent as it is. */
  static @Nullable Request sent(Object chain, Request request) {
    Request other = AlternativeCapture.sent((Interceptor.Chain) chain, request);
    Request traced = traced(chain, other == null ? request : other);
    return traced == null ? other : traced;
  }

  /** The request with the header, or null when it is to be sent as it is. */
  private static @Nullable Request traced(Object chain, Request request) {
    OpenSpan span = Tracing.current();
    ClientCall call = CALLS.get(((Interceptor.Chain) chain).call());
    if (span == null || call == null || !ClientCall.isAttempt(span)) {
      return null;
    }
    String header = call.traceparent(span, request.header(ClientCall.TRACEPARENT));
    return header == null
        ? null
        : request.newBuilder().header(ClientCall.TRACEPARENT, header).build();
  }

  static void ended(Object attempt, @Nullable Object response, @Nullable Throwable thrown) {
    OpenSpan span = (OpenSpan) attempt;
    span.leave();
    if (thrown != null) {
      ClientResponse.failed(thrown, "okhttp3.Call#execute").end(span);
    } else if (response instanceof Response answer && answer.networkResponse() != null) {
      ClientResponse.of(answer.code(), answer.protocol().toString()).end(span);
    }
  }

  private static ClientRequest request(Request request) {
    HttpUrl url = request.url();
    return new ClientRequest(request.method(), url.toString(), url.host(), url.port());
  }
}
