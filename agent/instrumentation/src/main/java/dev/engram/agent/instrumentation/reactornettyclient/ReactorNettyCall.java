package dev.engram.agent.instrumentation.reactornettyclient;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One call and its attempts, of which one at a time is open. Used by one thread at a time. */
final class ReactorNettyCall {
  static final String SITE = "reactor.netty.http.client.HttpClient";

  private final @Nullable OpenSpan parent = Tracing.current();
  private final boolean isBelowModel = ModelCall.isCurrent();
  private final WeakReference<Object> handler;
  private volatile ClientCall call = new ClientCall();
  private volatile @Nullable ModelQuestion question;
  private volatile @Nullable ClientRequest prepared;
  private volatile @Nullable OpenSpan attempt;
  private volatile @Nullable Object channel;
  private volatile boolean isAnswered;

  /**
   * @param handler the client's own object for it
   */
  ReactorNettyCall(Object handler) {
    this.handler = new WeakReference<>(handler);
  }

  /** The span in which the application made the call, or null. */
  @Nullable OpenSpan parent() {
    return parent;
  }

  /** The model that it may ask, or null. */
  @Nullable ModelQuestion question() {
    return question;
  }

  /**
   * A request is ready but for its body. The attempt begins with {@link #send}; at once, unless the
   * body decides whether a model is asked, whose attempt it would be.
   *
   * @param channel what tells its channel from others
   */
  void prepare(String method, String url, HttpHeaders headers, Object channel) {
    this.channel = channel;
    attempt = null;
    isAnswered = false;
    prepared = request(method, url);
    if (question == null && !isBelowModel) {
      question = ModelQuestion.at(method, url);
    }
    ModelQuestion possible = question;
    if (possible == null || possible.isAsked()) {
      send(headers);
    }
  }

  /** The same, with its whole body. */
  void send(HttpHeaders headers, ByteBuf body) {
    ModelQuestion possible = question;
    if (prepared != null && possible != null) {
      ask(possible, body);
      send(headers);
    }
  }

  /** Begins the attempt, unless it has begun. */
  void send(HttpHeaders headers) {
    ClientRequest request = prepared;
    if (request != null) {
      prepared = null;
      OpenSpan span = call.attempt(request);
      attempt = span;
      String header =
          span == null ? null : call.traceparent(span, headers.get(ClientCall.TRACEPARENT));
      if (header != null) {
        headers.set(ClientCall.TRACEPARENT, header);
      }
    }
  }

  void answered(HttpResponse response) {
    isAnswered = true;
    OpenSpan span = attempt;
    if (span != null) {
      ClientResponse.of(response.status().code(), response.protocolVersion().text()).end(span);
    }
    ModelQuestion asked = question;
    if (asked != null) {
      asked.heard(response);
    }
  }

  /** An attempt that was answered before it failed has ended; it may be that none had begun. */
  void failed(String method, String url, Throwable thrown) {
    if (attempt == null && !isAnswered) {
      prepared = null;
      channel = null;
      attempt = call.attempt(request(method, url));
    }
    OpenSpan span = attempt;
    if (span != null && !isAnswered) {
      ClientResponse.failed(thrown, SITE).end(span);
    }
    attempt = null;
    isAnswered = false;
  }

  /**
   * A channel was closed; what it carried may have led to another attempt meanwhile.
   *
   * @return the call's handler when its attempt is given up by that, or null
   */
  @Nullable Object closed(Object closedChannel) {
    if (!closedChannel.equals(channel)) {
      return null;
    }
    OpenSpan last = attempt;
    OpenSpan givenUp = last == null || last.isEnded() ? null : last;
    if (givenUp != null) {
      givenUp.fail("cancelled", "the connection was closed before there was a response").end();
    }
    ModelQuestion asked = question;
    if (asked != null) {
      asked.closed(givenUp != null);
    }
    return givenUp == null ? null : handler.get();
  }

  /** In the span of the application, wherever the body is sent. */
  private void ask(ModelQuestion possible, ByteBuf body) {
    OpenSpan around = parent == Tracing.current() ? null : parent;
    if (around != null) {
      around.enter();
    }
    try {
      ClientCall ofModel = possible.ask(body);
      call = ofModel == null ? call : ofModel;
    } catch (IOException | RuntimeException failure) {
      Tracing.failed();
    } finally {
      if (around != null) {
        around.leave();
      }
    }
  }

  private static ClientRequest request(String method, String url) {
    try {
      return ClientRequest.of(method, URI.create(url));
    } catch (IllegalArgumentException unusual) {
      return new ClientRequest(method, url, null, 0);
    }
  }
}
