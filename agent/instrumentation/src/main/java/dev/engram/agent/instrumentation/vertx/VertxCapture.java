package dev.engram.agent.instrumentation.vertx;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerConnection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** Vert.x handles one request of a connection at a time: the next to be answered. */
final class VertxCapture {
  private static final AttributeKey<ServerConnection> CONNECTION =
      AttributeKey.valueOf(ServerConnection.ATTRIBUTE);

  private VertxCapture() {}

  /** For {@link #leave}; null when there is nothing to enter. */
  static @Nullable Object enter(ChannelHandlerContext context) {
    OpenSpan span = span(context.channel());
    return span == null || span == Tracing.current() ? null : span.enter();
  }

  static void leave(Object entered) {
    ((OpenSpan) entered).leave();
  }

  private static @Nullable OpenSpan span(Channel channel) {
    ServerConnection connection =
        channel.hasAttr(CONNECTION) ? channel.attr(CONNECTION).get() : null;
    return connection == null ? null : connection.handling();
  }
}
