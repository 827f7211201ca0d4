package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerConnection;
import dev.engram.agent.core.http.ServerRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Follows the streams of a server's HTTP/2 connection, whatever is made of their frames: the
 * headers of the request open the span, what it and its body cause runs inside, and the last frame
 * of the response ends it, or the end of the stream. Its classes come in a jar that HTTP/1.1 can do
 * without, and so are not named where that is followed.
 */
final class Http2Capture {
  private static final String VERSION = "2";

  /** The stream that an HTTP/1.1 connection goes on as. */
  private static final int FIRST = 1;

  /** Calls of gRPC are remembered as such; its headers cannot be asked for a method. */
  private static final String GRPC = "io.grpc.";

  private Http2Capture() {}

  /**
   * Headers or data were read.
   *
   * @return for {@link #leave}; null when they belong to no request
   */
  static @Nullable Object read(ChannelHandlerContext context, int stream, Object part) {
    ServerConnection known = Http2Requests.get(context.channel(), stream);
    OpenSpan span = known == null ? arrived(context, stream, part) : known.reading();
    return span == null || span == Tracing.current() ? null : span.enter();
  }

  /** A stream that is none any more was refused, or is over. */
  static void leave(Object entered, ChannelHandlerContext context, int stream) {
    ((OpenSpan) entered).leave();
    if (context.handler() instanceof Http2ConnectionHandler handler
        && handler.connection().stream(stream) == null) {
      closed(context, stream);
    }
  }

  /**
   * Headers or data were encoded.
   *
   * @param arguments the channel's context, the stream, the headers or data; last but one whether
   *     they are the last of their stream
   */
  static void written(Object[] arguments) {
    Channel channel = ((ChannelHandlerContext) arguments[0]).channel();
    int stream = (int) arguments[1];
    ServerConnection request = Http2Requests.get(channel, stream);
    if (request == null) {
      return;
    }
    if (arguments[2] instanceof Http2Headers head && head.status() != null) {
      request.answered(StreamRequest.status(head), name -> StreamRequest.header(head, name));
    }
    if ((boolean) arguments[arguments.length - 2]) {
      request.written();
      Http2Requests.remove(channel, stream);
    }
  }

  /** Nothing more is read or written on a stream. */
  static void closed(ChannelHandlerContext context, int stream) {
    ServerConnection request = Http2Requests.remove(context.channel(), stream);
    if (request != null) {
      request.closed();
    }
  }

  /** An HTTP/1.1 connection becomes one of HTTP/2, whose first stream answers its request. */
  static void upgraded(Channel channel, ServerConnection connection) {
    ServerConnection stream = connection.upgraded();
    OpenSpan span = stream == null ? null : stream.reading();
    if (stream != null && span != null) {
      ServerRequest.cameIn(span, VERSION);
      Http2Requests.put(channel, FIRST, stream);
    }
  }

  private static @Nullable OpenSpan arrived(
      ChannelHandlerContext context, int stream, Object part) {
    if (!(part instanceof Http2Headers head) || !isHttp(context) || head.method() == null) {
      return null;
    }
    ServerConnection request = NettyCapture.stream();
    OpenSpan span =
        request.arrived(
            StreamRequest.of(context.channel(), head), name -> StreamRequest.header(head, name));
    if (span != null) {
      ServerRequest.cameIn(span, VERSION);
      Http2Requests.put(context.channel(), stream, request);
    }
    return span;
  }

  private static boolean isHttp(ChannelHandlerContext context) {
    return context.handler() instanceof Http2ConnectionHandler handler
        && handler.connection().isServer()
        && !handler.getClass().getName().startsWith(GRPC);
  }
}
