package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.http.ServerRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the frames of an HTTP/2 stream carry it. Only for who has met a codec of such frames
 * already: their classes come in a jar that HTTP/1.1 can do without. Thread-safe.
 */
final class StreamRequest {
  private StreamRequest() {}

  /** The headers that a request begins with; null for any other frame. */
  static @Nullable Http2Headers head(Object frame) {
    Http2Headers headers = frame instanceof Http2HeadersFrame it ? it.headers() : null;
    return headers == null || headers.method() == null ? null : headers;
  }

  static ServerRequest of(Channel channel, Http2Headers headers) {
    return NettyRequest.of(
        channel,
        String.valueOf(headers.method()),
        headers.path() == null ? "" : headers.path().toString(),
        text(headers.get("user-agent")),
        text(headers.get("traceparent")));
  }

  /** The same as of HTTP/1.1; {@code Host} has another name in HTTP/2. */
  static @Nullable String header(Http2Headers headers, String name) {
    List<CharSequence> values = headers.getAll(name);
    return values.isEmpty()
        ? text(name.equals("host") ? headers.authority() : null)
        : String.join(", ", values);
  }

  private static @Nullable String text(@Nullable CharSequence value) {
    return value == null ? null : value.toString();
  }
}
