package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.http.ServerConnection;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a connection whose requests are not answered: no more than the connection has
 * open. Kept with its channel. Thread-safe.
 */
final class Http2Requests {
  private static final AttributeKey<Http2Requests> ATTRIBUTE =
      AttributeKey.valueOf("dev.engram.streams");

  private final Map<Integer, ServerConnection> byStream = new ConcurrentHashMap<>();

  private Http2Requests() {}

  /** Null when the connection has had no stream with a request. */
  static @Nullable Http2Requests of(Channel channel) {
    return channel.hasAttr(ATTRIBUTE) ? channel.attr(ATTRIBUTE).get() : null;
  }

  /** The request of a stream; null when it was answered, or was not seen. */
  static @Nullable ServerConnection get(Channel channel, int stream) {
    Http2Requests requests = of(channel);
    return requests == null ? null : requests.byStream.get(stream);
  }

  static void put(Channel channel, int stream, ServerConnection request) {
    Http2Requests requests = of(channel);
    if (requests == null) {
      Http2Requests first = new Http2Requests();
      channel.attr(ATTRIBUTE).set(first);
      channel.closeFuture().addListener(closed -> first.closed());
      requests = first;
    }
    requests.byStream.put(stream, request);
  }

  /** Forgets the request of a stream, and returns it; null when there is none. */
  static @Nullable ServerConnection remove(Channel channel, int stream) {
    Http2Requests requests = of(channel);
    return requests == null ? null : requests.byStream.remove(stream);
  }

  private void closed() {
    byStream.values().forEach(ServerConnection::closed);
    byStream.clear();
  }
}
