package dev.engram.agent.instrumentation.openaijava;

import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Follows a question through its attempts. What is asked and answered is read from the bodies: they
 * are the same in all versions of the client, and whichever of its interfaces the application uses.
 */
final class OpenAiCapture {
  private static final String SITE = "com.openai.core.http.HttpClient#execute";
  private static final String RETRIES = "X-Stainless-Retry-Count";

  /** By the body, the one object that all attempts of a call share. */
  private static final Attachments<WireCall> CALLS = new Attachments<>();

  /** Its result is an {@link Optional} in some versions of clients that are made this way. */
  private static final MethodHandle BODY = bodyOfRequests();

  private OpenAiCapture() {}

  /** What the others must be given, or null when no model is asked. */
  static @Nullable Object asked(Object asking) throws Throwable {
    HttpRequest request = (HttpRequest) asking;
    Endpoint endpoint = endpoint(request);
    HttpRequestBody body = endpoint == null ? null : body(request);
    if (endpoint == null || body == null || !isJson(body)) {
      return null;
    }
    BodyBytes bytes = new BodyBytes();
    body.writeTo(bytes);
    WireCall call = bytes.open(endpoint);
    if (call != null) {
      CALLS.put(body, call);
    }
    return call;
  }

  /** The attempts have this request's body instead. */
  static void kept(Object asked, Object attempted) throws Throwable {
    HttpRequestBody from = body((HttpRequest) asked);
    HttpRequestBody to = body((HttpRequest) attempted);
    WireCall call = from == null ? null : CALLS.get(from);
    if (call != null && to != null) {
      CALLS.put(to, call);
    }
  }

  /** The call's, on another thread too, or null; for {@link #left}. */
  static @Nullable Object attempted(Object attempt) throws Throwable {
    HttpRequest request = (HttpRequest) attempt;
    HttpRequestBody body = body(request);
    WireCall call = body == null ? null : CALLS.get(body);
    if (call != null) {
      call.retried(number(first(request.headers().values(RETRIES))));
      call.enter();
    }
    return call;
  }

  static void left(Object call) {
    ((WireCall) call).leave();
  }

  static @Nullable HttpResponse answered(
      Object asked, @Nullable HttpResponse response, @Nullable Throwable thrown) {
    WireCall call = (WireCall) asked;
    call.leave();
    failed(call, thrown);
    return response == null || thrown != null ? null : remembered(call, response);
  }

  static @Nullable CompletableFuture<HttpResponse> started(
      Object asked,
      @Nullable CompletableFuture<HttpResponse> response,
      @Nullable Throwable thrown) {
    WireCall call = (WireCall) asked;
    call.leave();
    failed(call, thrown);
    if (response == null || thrown != null) {
      return null;
    }
    return response
        .whenComplete((answer, failure) -> failed(call, failure))
        .thenApply(answer -> remembered(call, answer));
  }

  /** Never throws: the application's future goes through here. */
  private static HttpResponse remembered(WireCall call, HttpResponse response) {
    try {
      String type = first(response.headers().values("content-type"));
      String encoding = first(response.headers().values("content-encoding"));
      return new RememberedResponse(
          response, call.answered(response.statusCode(), type, encoding), SITE);
    } catch (Throwable failure) {
      Tracing.failed();
      return response;
    }
  }

  private static void failed(WireCall call, @Nullable Throwable failure) {
    if (failure != null) {
      Throwable cause = failure instanceof CompletionException ? Thrown.cause(failure) : null;
      call.failed(cause == null ? failure : cause, SITE);
    }
  }

  private static @Nullable Endpoint endpoint(HttpRequest request) {
    String path = "/" + String.join("/", request.pathSegments());
    return Endpoint.of(request.method().name(), host(request.baseUrl()), path);
  }

  private static @Nullable String host(@Nullable String url) {
    try {
      return url == null ? null : URI.create(url).getHost();
    } catch (IllegalArgumentException noUrl) {
      return null;
    }
  }

  private static boolean isJson(HttpRequestBody body) {
    String type = body.contentType();
    return body.repeatable() && type != null && type.startsWith("application/json");
  }

  private static @Nullable HttpRequestBody body(HttpRequest request) throws Throwable {
    Object body = BODY.invoke(request);
    Object inside = body instanceof Optional<?> optional ? optional.orElse(null) : body;
    return inside instanceof HttpRequestBody found ? found : null;
  }

  private static MethodHandle bodyOfRequests() {
    try {
      return MethodHandles.publicLookup().unreflect(HttpRequest.class.getMethod("body"));
    } catch (ReflectiveOperationException otherVersion) {
      throw new IllegalStateException(otherVersion);
    }
  }

  private static @Nullable String first(List<String> values) {
    return values.isEmpty() ? null : values.get(0);
  }

  private static long number(@Nullable String header) {
    try {
      return header == null ? 0 : Long.parseLong(header);
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }
}
