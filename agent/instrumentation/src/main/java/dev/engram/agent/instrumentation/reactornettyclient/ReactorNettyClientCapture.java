package dev.engram.agent.instrumentation.reactornettyclient;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientState;

/**
 * Follows a call from the subscriber's thread to the channels of its attempts. A handler is the
 * client's internal object for one call, operations that for one attempt. A handler is known until
 * there is a response, an error that leads to no other attempt, or an attempt that was given up.
 */
final class ReactorNettyClientCapture {
  private static final Attachments<ReactorNettyCall> BY_HANDLER = new Attachments<>();
  private static final AttributeKey<ReactorNettyCall> CALL =
      AttributeKey.valueOf("dev.engram.call");

  private ReactorNettyClientCapture() {}

  static void called(Object handler) {
    BY_HANDLER.put(handler, new ReactorNettyCall(handler));
  }

  static void prepared(Object handler, Object url, Object operations) {
    ReactorNettyCall call = BY_HANDLER.get(handler);
    if (call != null) {
      HttpClientRequest request = (HttpClientRequest) operations;
      Channel channel = ((Connection) operations).channel();
      channel.attr(CALL).set(call);
      call.begin(request.method().name(), url.toString(), channel.id());
      call.propagate(request.requestHeaders());
    }
  }

  static void answered(Connection operations, HttpResponse response) {
    ReactorNettyCall call = call(operations.channel());
    if (call != null) {
      call.answered(response);
    }
  }

  /** An attempt failed, or could not even be made. */
  static void failed(Object handler, Object method, Object url, Throwable thrown) {
    ReactorNettyCall call = BY_HANDLER.get(handler);
    if (call != null) {
      call.failed(method.toString(), url.toString(), thrown);
    }
  }

  /** After an error: no other attempt, no more of the call. */
  static void decided(Object handler, boolean isRetried) {
    if (!isRetried) {
      BY_HANDLER.remove(handler);
    }
  }

  /** A response that is no step on the way to another goes to the application. */
  static void reached(Object handler, Object state) {
    if (state == HttpClientState.RESPONSE_RECEIVED) {
      BY_HANDLER.remove(handler);
    }
  }

  static void closed(Connection operations) {
    ReactorNettyCall call = call(operations.channel());
    Object handler = call == null ? null : call.closed(operations.channel().id());
    if (handler != null) {
      BY_HANDLER.remove(handler);
    }
  }

  /** For {@link #leave}; null when there is nothing to enter. */
  static @Nullable Object enter(Connection operations) {
    ReactorNettyCall call = call(operations.channel());
    OpenSpan span = call == null ? null : call.parent();
    return span == null || span == Tracing.current() ? null : span.enter();
  }

  static void leave(Object entered) {
    ((OpenSpan) entered).leave();
  }

  private static @Nullable ReactorNettyCall call(Channel channel) {
    return channel.hasAttr(CALL) ? channel.attr(CALL).get() : null;
  }
}
