package dev.engram.agent.instrumentation.reactornetty;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerConnection;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/** Reactor Netty handles one request of a connection at a time: the next to be answered. */
final class ReactorNettyCapture {
  private static final AttributeKey<ServerConnection> CONNECTION =
      AttributeKey.valueOf(ServerConnection.ATTRIBUTE);

  private ReactorNettyCapture() {}

  /** For {@link #leave}; null when there is nothing to enter. */
  static @Nullable Object enter(Connection operations) {
    OpenSpan span = span(operations.channel());
    return span == null || span == Tracing.current() ? null : span.enter();
  }

  static void leave(Object entered) {
    ((OpenSpan) entered).leave();
  }

  /** Where nobody is there to be answered, it is they who failed. */
  static void failed(Connection operations, Throwable thrown) {
    Channel channel = operations.channel();
    OpenSpan span = channel.isActive() ? span(channel) : null;
    if (span != null) {
      span.met(thrown);
    }
  }

  private static @Nullable OpenSpan span(Channel channel) {
    ServerConnection connection =
        channel.hasAttr(CONNECTION) ? channel.attr(CONNECTION).get() : null;
    return connection == null ? null : connection.handling();
  }
}
