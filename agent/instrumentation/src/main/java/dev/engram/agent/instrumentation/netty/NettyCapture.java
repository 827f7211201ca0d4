package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerConnection;
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

  private static final String STREAM_CODEC =
      "io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec";

  private NettyCapture() {}

  /**
   * A decoder has decoded these messages, of one request at most.
   *
   * @return for {@link #leave}; null when they belong to no request
   */
  static @Nullable Object read(ChannelHandlerContext context, List<?> messages) {
    OpenSpan span = messages.isEmpty() ? null : spanOf(context.channel(), messages.get(0));
    return span == null || span == Tracing.current() ? null : span.enter();
  }

  static void leave(Object entered) {
    ((OpenSpan) entered).leave();
  }

  /** A codec, of whatever kind, has handed on what it read. */
  static void streamRead(Object codec, ChannelHandlerContext context) {
    if (codec.getClass().getName().equals(STREAM_CODEC)) {
      ServerConnection connection = connection(context.channel());
      OpenSpan span = connection == null ? null : connection.reading();
      if (span != null) {
        span.leave();
      }
    }
  }

  /** A message was encoded, of a request or a response. */
  static void written(ChannelHandlerContext context, Object message) {
    boolean head = message instanceof HttpResponse;
    boolean last = message instanceof LastHttpContent;
    ServerConnection connection = head || last ? connection(context.channel()) : null;
    if (connection == null) {
      return;
    }
    if (head) {
      connection.answered(((HttpResponse) message).status().code());
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
      connection = opened(channel);
    }
    if (NettyRequest.becomesStream(channel, request)) {
      connection.passed();
      return null;
    }
    return connection.arrived(NettyRequest.of(channel, request));
  }

  private static ServerConnection opened(Channel channel) {
    ServerConnection connection = new ServerConnection();
    channel.attr(CONNECTION).set(connection);
    channel.closeFuture().addListener(closed -> connection.closed());
    return connection;
  }

  /** Null for a channel of a client, or of another protocol. */
  private static @Nullable ServerConnection connection(Channel channel) {
    return channel.hasAttr(CONNECTION) ? channel.attr(CONNECTION).get() : null;
  }
}
