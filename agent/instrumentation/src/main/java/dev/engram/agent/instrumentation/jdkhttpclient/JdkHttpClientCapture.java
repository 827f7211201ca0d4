package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Follows a call from the application's thread through the client's. The client's objects for a
 * call and for an exchange are internal; they are only compared, never called.
 */
final class JdkHttpClientCapture {
  private static final Attachments<ClientCall> CALLS = new Attachments<>();
  private static final Attachments<Attempt> BY_EXCHANGE = new Attachments<>();
  private static final Attachments<String> TRACEPARENTS = new Attachments<>();

  private JdkHttpClientCapture() {}

  static void called(Object call) {
    CALLS.put(call, new ClientCall());
  }

  /** What {@link #started} must be given, or null when the attempt is not remembered. */
  static @Nullable Object attempted(Object call, Object exchange, HttpRequest request) {
    ClientCall made = CALLS.get(call);
    OpenSpan span =
        made == null ? null : made.attempt(ClientRequest.of(request.method(), request.uri()));
    if (made == null || span == null) {
      return null;
    }
    String existing = request.headers().firstValue(ClientCall.TRACEPARENT).orElse(null);
    String header = made.traceparent(span, existing);
    if (header != null) {
      TRACEPARENTS.put(request, header);
    }
    Attempt attempt = new Attempt(span);
    BY_EXCHANGE.put(exchange, attempt);
    return attempt;
  }

  /** The application's own future is another one, so that nothing of it is changed. */
  static void started(
      Object attempt, @Nullable CompletableFuture<?> response, @Nullable Throwable thrown) {
    Attempt started = (Attempt) attempt;
    if (response == null || thrown != null) {
      started.ended(thrown);
    } else {
      response.whenComplete((answer, failure) -> started.ended(failure));
    }
  }

  /** Null when the headers are to be sent as they are. */
  static @Nullable HttpHeaders headers(Object request, HttpHeaders headers) {
    String traceparent = TRACEPARENTS.get(request);
    if (traceparent == null) {
      return null;
    }
    Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.map().forEach((name, values) -> more.put(name, new ArrayList<>(values)));
    more.put(ClientCall.TRACEPARENT, List.of(traceparent));
    return HttpHeaders.of(more, (name, value) -> true);
  }

  static void answered(Object exchange, int status, HttpClient.@Nullable Version version) {
    Attempt attempt = BY_EXCHANGE.get(exchange);
    if (attempt != null) {
      attempt.answered(status, version == null ? null : version.name());
    }
  }
}
