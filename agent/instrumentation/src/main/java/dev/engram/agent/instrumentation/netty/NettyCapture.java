package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerConnection;
import dev.engram.agent.core.http.ServerRequest;
import dev.engram.agent.core.instrument.SwitchCount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the messages of a server's channel: the request opens the span, what it and its body
 * cause in the pipeline runs inside, and the last part of the response ends it.
 */
final class NettyCapture {
  private static final AttributeKey<ServerConnection> CONNECTION =
      AttributeKey.valueOf(ServerConnection.ATTRIBUTE);

  /** How often Netty's instrumentation had been switched when a channel was opened; none for 0. */
  private static final AttributeKey<Integer> SWITCHES_AT_OPENING =
      AttributeKey.valueOf("dev.engram.opened");

  private static final SwitchCount SWITCHES = SwitchCount.of("netty");

  private NettyCapture() {}

  /** A channel was made, of whatever kind. */
  static void opened(Channel channel) {
    int switches = SWITCHES.get();
    if (switches > 0) {
      channel.attr(SWITCHES_AT_OPENING).set(switches);
    }
  }

  /**
   * A decoder has decoded these messages, of one request at most.
   *
   * @return for {@link #leave}; null when they belong to no request
   */
  static @Nullable Object read(ChannelHandlerContext context, List<?> messages) {
    return messages.isEmpty() ? null : entered(spanOf(context.channel(), messages.get(0)));
  }

  /**
   * A codec is about to make a message of another and to hand it on.
   *
   * @return for {@link #leave}; null when it is none of an HTTP/2 stream, or there is no request
   */
  static @Nullable Object streamRead(ChannelHandlerContext context) {
    ServerConnection stream = isOfHttp2(context.channel()) ? connection(context.channel()) : null;
    return stream == null ? null : entered(stream.reading());
  }

  static void leave(Object entered) {
    ((OpenSpan) entered).leave();
  }

  /** A message was encoded, of a request or a response. */
  static void written(ChannelHandlerContext context, Object message) {
    boolean last = message instanceof LastHttpContent;
    boolean matters = last || message instanceof HttpResponse;
    ServerConnection connection = matters ? connection(context.channel()) : null;
    if (connection == null) {
      return;
    }
    if (message instanceof HttpResponse response && NettyRequest.isUpgradeToHttp2(response)) {
      Http2Capture.upgraded(context.channel(), connection);
    } else if (message instanceof HttpResponse response) {
      connection.answered(
          response.status().code(), name -> NettyRequest.header(response.headers(), name));
    }
    if (last) {
      connection.written();
    }
  }

  static void thrown(ChannelHandlerContext context, Throwable thrown) {
    ServerConnection connection = connection(context.channel());
    if (connection != null) {
      connection.thrown(thrown);
    }
  }

  /** For the one request of an HTTP/2 stream. */
  static ServerConnection stream() {
    return new ServerConnection(SWITCHES::get, SWITCHES.get());
  }

  private static @Nullable OpenSpan entered(@Nullable OpenSpan span) {
    return span == null || span == Tracing.current() ? null : span.enter();
  }

  private static @Nullable OpenSpan spanOf(Channel channel, Object message) {
    if (message instanceof HttpRequest request) {
      return arrived(channel, request);
    }
    ServerConnection connection = message instanceof HttpContent ? connection(channel) : null;
    return connection == null ? null : connection.reading();
  }

  private static @Nullable OpenSpan arrived(Channel channel, HttpRequest request) {
    ServerConnection connection = connection(channel);
    if (connection == null) {
      Integer switches = channel.attr(SWITCHES_AT_OPENING).get();
      connection = connected(channel, switches == null ? 0 : switches);
    }
    OpenSpan span =
        connection.arrived(
            NettyRequest.of(channel, request),
            name -> NettyRequest.header(request.headers(), name));
    if (span != null) {
      ServerRequest.cameIn(span, NettyRequest.version(request));
    }
    return span;
  }

  private static ServerConnection connected(Channel channel, int switchesAtOpening) {
    ServerConnection connection = new ServerConnection(SWITCHES::get, switchesAtOpening);
    channel.attr(CONNECTION).set(connection);
    channel.closeFuture().addListener(closed -> connection.closed());
    return connection;
  }

  /** Null for a channel of a client, or of another protocol. */
  private static @Nullable ServerConnection connection(Channel channel) {
    if (channel.hasAttr(CONNECTION)) {
      return channel.attr(CONNECTION).get();
    }
    ServerConnection stream =
        isOfHttp2(channel)
            ? Http2Requests.get(channel.parent(), StreamRequest.stream(channel))
            : null;
    if (stream != null) {
      channel.attr(CONNECTION).set(stream);
    }
    return stream;
  }

  /** Whether a channel is a stream of an HTTP/2 connection that has had requests. */
  private static boolean isOfHttp2(Channel channel) {
    return channel.parent() != null && Http2Requests.of(channel.parent()) != null;
  }
}
