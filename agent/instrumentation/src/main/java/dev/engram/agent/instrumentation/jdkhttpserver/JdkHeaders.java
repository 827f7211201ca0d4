package dev.engram.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.Headers;
import dev.engram.agent.core.http.MessageContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers; the values of one that is repeated are joined by a comma, which means the same.
 */
final class JdkHeaders {
  private JdkHeaders() {}

  static @Nullable String of(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : String.join(", ", values);
  }

  static MessageContent content(Headers headers) {
    return MessageContent.of(
        headers.getFirst("Content-type"),
        headers.getFirst("Content-encoding"),
        headers.getFirst("Content-length"));
  }
}
