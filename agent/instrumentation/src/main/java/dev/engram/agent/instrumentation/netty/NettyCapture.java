package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerConnection;
import dev.engram.agent.core.instrument.SwitchCount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
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
  private static volatile boolean http2IsKnown = true;

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
   * A codec is about to make a message of this and to hand it on.
   *
   * @return for {@link #leave}; null when it is no codec of HTTP/2 streams, or there is no request
   */
  static @Nullable Object streamRead(Object codec, ChannelHandlerContext context, Object frame) {
    return isStreamCodec(codec) ? entered(spanOfFrame(context.channel(), frame)) : null;
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
    if (message instanceof HttpResponse response) {
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

  private static @Nullable OpenSpan entered(@Nullable OpenSpan span) {
    return span == null || span == Tracing.current() ? null : span.enter();
  }

  /** Netty's codec of HTTP/2 comes in a jar that this one can do without. */
  private static boolean isStreamCodec(Object codec) {
    try {
      return http2IsKnown && codec instanceof Http2StreamFrameToHttpObjectCodec;
    } catch (LinkageError absent) {
      http2IsKnown = false;
      return false;
    }
  }

  private static @Nullable OpenSpan spanOfFrame(Channel channel, Object frame) {
    ServerConnection connection = connection(channel);
    Http2Headers head = StreamRequest.head(frame);
    if (head != null) {
      ServerConnection stream =
          connection == null ? connected(channel, SWITCHES.get()) : connection;
      return stream.arrived(
          StreamRequest.of(channel, head), name -> StreamRequest.header(head, name));
    }
    return connection == null ? null : connection.reading();
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
    if (NettyRequest.becomesStream(channel, request)) {
      connection.passed();
      return null;
    }
    return connection.arrived(
        NettyRequest.of(channel, request), name -> NettyRequest.header(request.headers(), name));
  }

  private static ServerConnection connected(Channel channel, int switchesAtOpening) {
    ServerConnection connection = new ServerConnection(SWITCHES::get, switchesAtOpening);
    channel.attr(CONNECTION).set(connection);
    channel.closeFuture().addListener(closed -> connection.closed());
    return connection;
  }

  /** Null for a channel of a client, or of another protocol. */
  private static @Nullable ServerConnection connection(Channel channel) {
    return channel.hasAttr(CONNECTION) ? channel.attr(CONNECTION).get() : null;
  }
}
