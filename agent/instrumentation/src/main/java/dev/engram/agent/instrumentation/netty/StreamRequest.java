package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.http.ServerRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the frames of an HTTP/2 stream carry it. Only for who has met such frames already:
 * their classes come in a jar that HTTP/1.1 can do without. Thread-safe.
 */
final class StreamRequest {
  private StreamRequest() {}

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

  /** The status of a response, three digits; 0 for anything else. */
  static int status(Http2Headers headers) {
    CharSequence text = headers.status();
    int status = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (i == 3 || digit < 0 || digit > 9) {
        return 0;
      }
      status = status * 10 + digit;
    }
    return status;
  }

  /** The stream that a channel stands for; 0, which stands for the connection, if it is none. */
  static int stream(Channel channel) {
    return channel instanceof Http2StreamChannel it ? it.stream().id() : 0;
  }

  private static @Nullable String text(@Nullable CharSequence value) {
    return value == null ? null : value.toString();
  }
}
