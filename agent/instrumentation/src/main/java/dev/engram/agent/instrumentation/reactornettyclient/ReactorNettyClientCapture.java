package dev.engram.agent.instrumentation.reactornettyclient;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import io.netty.buffer.ByteBuf;
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
      call.prepare(request.method().name(), url.toString(), request.requestHeaders(), channel.id());
    }
  }

  /** A request and its whole body. */
  static void sends(Connection operations, ByteBuf body) {
    ReactorNettyCall call = call(operations.channel());
    if (call != null) {
      call.send(((HttpClientRequest) operations).requestHeaders(), body);
    }
  }

  /** A request without a body, or one whose body comes in parts. */
  static void sendsHead(HttpClientRequest request) {
    ReactorNettyCall call = call(((Connection) request).channel());
    if (call != null) {
      call.send(request.requestHeaders());
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
  static void decided(Object handler, boolean isRetried, Throwable thrown) {
    ReactorNettyCall call = isRetried ? null : BY_HANDLER.remove(handler);
    ModelQuestion asked = call == null ? null : call.question();
    if (asked != null) {
      asked.failed(thrown, ReactorNettyCall.SITE);
    }
  }

  /**
   * A response that is no step on the way to another goes to the application.
   *
   * @param operations are there until it was read
   */
  static void reached(Object handler, Object operations, Object state) {
    ReactorNettyCall call =
        state == HttpClientState.RESPONSE_RECEIVED ? BY_HANDLER.remove(handler) : null;
    ModelQuestion asked = call == null ? null : call.question();
    if (asked != null) {
      asked.answered(operations);
    }
  }

  /** The rest of a response does not come. */
  static void broken(HttpClientRequest request, Throwable thrown) {
    ReactorNettyCall call = call(((Connection) request).channel());
    ModelQuestion asked = call == null ? null : call.question();
    if (asked != null) {
      asked.broken(thrown, ReactorNettyCall.SITE);
    }
  }

  static void closed(Connection operations) {
    ReactorNettyCall call = call(operations.channel());
    Object handler = call == null ? null : call.closed(operations.channel().id());
    if (handler != null) {
      BY_HANDLER.remove(handler);
    }
  }

  /**
   * A part of a response came.
   *
   * @return for {@link #leave}; null when there is nothing to enter
   */
  static @Nullable Object enter(Connection operations, Object part) {
    ReactorNettyCall call = call(operations.channel());
    ModelQuestion asked = call == null ? null : call.question();
    if (asked != null) {
      asked.read(part);
    }
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
