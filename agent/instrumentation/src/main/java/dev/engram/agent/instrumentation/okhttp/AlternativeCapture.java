package dev.engram.agent.instrumentation.okhttp;

import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.AlternativeQuestion;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Sends a question that a model has refused to another model, within the same call, so that who
 * cancels it cancels both. OkHttp sends nothing while an answer is open: the first is kept in
 * memory meanwhile.
 */
final class AlternativeCapture {
  /** What calls send instead of their body, while they ask another model. */
  private static final Attachments<Exchanged> EXCHANGED = new Attachments<>();

  private static volatile boolean anyExchanged;

  private AlternativeCapture() {}

  private record Exchanged(@Nullable RequestBody body, RequestBody other) {}

  /** What the application is given instead; null for the client's own. */
  static @Nullable Response answered(Object interceptor, Object of, Response answer) {
    Interceptor.Chain chain = (Interceptor.Chain) of;
    Request request = chain.request();
    if (!AlternativeQuestion.isFor(request.method(), answer.code(), length(answer))
        || wasSentElsewhere(answer)
        || chain.call().isCanceled()) {
      return null;
    }
    HttpUrl url = request.url();
    AlternativeQuestion other =
        AlternativeQuestion.of(
            interceptor.getClass(),
            new ClientRequest(request.method(), url.toString(), url.host(), url.port()),
            answer.code(),
            () -> bytes(request.body()));
    return other == null ? null : asked(other, (Interceptor) interceptor, chain, answer);
  }

  private static @Nullable Response asked(
      AlternativeQuestion other, Interceptor interceptor, Interceptor.Chain chain, Response first) {
    AtomicReference<Response> kept = new AtomicReference<>();
    Response second =
        other.ask(
            () -> {
              RequestBody next = next(other, chain.request());
              kept.set(kept(first));
              return again(next, interceptor, chain);
            },
            Response::code,
            Response::close,
            chain.call()::isCanceled);
    return second == null ? kept.get() : second;
  }

  private static RequestBody next(AlternativeQuestion other, Request request) {
    RequestBody body = request.body();
    return RequestBody.create(other.body(), body == null ? null : body.contentType());
  }

  /** Whether OkHttp has done more by itself than to ask once more and be refused alike. */
  private static boolean wasSentElsewhere(Response answer) {
    Response before = answer.priorResponse();
    return before != null && (before.code() != answer.code() || before.priorResponse() != null);
  }

  /** The same without its connection, which is closed once nothing can go wrong any more. */
  private static Response kept(Response answer) throws IOException {
    ResponseBody body = answer.peekBody(length(answer));
    Response kept = answer.newBuilder().body(body).build();
    answer.close();
    return kept;
  }

  /** Of its body, in bytes; negative where it is not known. */
  private static long length(Response answer) {
    ResponseBody body = answer.body();
    return body == null ? 0 : body.contentLength();
  }

  private static Response again(RequestBody next, Interceptor interceptor, Interceptor.Chain chain)
      throws IOException {
    Call call = chain.call();
    EXCHANGED.put(call, new Exchanged(chain.request().body(), next));
    anyExchanged = true;
    try {
      return interceptor.intercept(chain);
    } finally {
      EXCHANGED.remove(call);
    }
  }

  /** The request with the body to send; null when it is to be sent as it is. */
  static @Nullable Request sent(Interceptor.Chain chain, Request request) {
    Exchanged exchanged = anyExchanged ? EXCHANGED.get(chain.call()) : null;
    return exchanged == null || request.body() != exchanged.body
        ? null
        : request.newBuilder().method(request.method(), exchanged.other).build();
  }

  /** As OkHttp itself would read it once more. */
  private static byte @Nullable [] bytes(@Nullable RequestBody body) {
    if (body == null || body.isOneShot() || body.isDuplex()) {
      return null;
    }
    try {
      BodyBytes bytes = new BodyBytes();
      BufferedSink sink = Okio.buffer(Okio.sink(bytes));
      body.writeTo(sink);
      sink.flush();
      return bytes.whole();
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }
}
