package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The application's handler of the answer of a model, with somebody who reads along. Only where no
 * layer above knows of the call.
 */
final class ModelAnswerHandler<T> implements BodyHandler<T> {
  private static final String SITE = "java.net.http.HttpClient#send";

  private final BodyHandler<T> handler;
  private final WireCall call;

  private ModelAnswerHandler(BodyHandler<T> handler, WireCall call) {
    this.handler = handler;
    this.call = call;
  }

  /** Null when no model is asked, or a layer above knows; {@link #sent} follows otherwise. */
  static @Nullable BodyHandler<?> of(HttpRequest request, BodyHandler<?> handler) {
    URI url = request.uri();
    Endpoint endpoint = Endpoint.of(request.method(), url.getHost(), url.getRawPath());
    if (endpoint == null || ModelCall.isCurrent()) {
      return null;
    }
    BodyBytes body = RequestBodies.read(request);
    WireCall call = body == null ? null : body.open(endpoint);
    return call == null ? null : new ModelAnswerHandler<>(handler, call);
  }

  /** The application's future stays what it is. */
  static void sent(
      BodyHandler<?> handler, @Nullable CompletableFuture<?> response, @Nullable Throwable thrown) {
    WireCall call = ((ModelAnswerHandler<?>) handler).call;
    call.leave();
    if (thrown != null) {
      call.failed(thrown, SITE);
    } else if (response != null) {
      response.whenComplete(
          (answer, failure) -> {
            if (failure != null) {
              failed(call, failure);
            }
          });
    }
  }

  @Override
  public @Nullable BodySubscriber<T> apply(ResponseInfo response) {
    BodySubscriber<T> subscriber = handler.apply(response);
    if (subscriber == null) {
      return null;
    }
    try {
      HttpHeaders headers = response.headers();
      AnswerBytes along =
          call.answered(
              response.statusCode(),
              headers.firstValue("content-type").orElse(null),
              headers.firstValue("content-encoding").orElse(null));
      return new ModelAnswerSubscriber<>(subscriber, along, SITE);
    } catch (Throwable failure) {
      Tracing.failed();
      return subscriber;
    }
  }

  private static void failed(WireCall call, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? Thrown.cause(failure) : null;
    call.failed(cause == null ? failure : cause, SITE);
  }
}
