package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request before it is sent, in the words of the client that sends it.
 *
 * @param method as sent
 * @param url with scheme and query; secrets in it are redacted where it enters the record
 * @param host of the server, or null when unknown
 * @param port of the server; not positive when it is the scheme's own
 */
public record ClientRequest(String method, String url, @Nullable String host, int port) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  public static ClientRequest of(String method, URI url) {
    return new ClientRequest(method, url.toString(), url.getHost(), url.getPort());
  }

  /** The span's name: few different ones, so never the path. */
  String spanName() {
    return ServerRequest.spanName(method, null);
  }

  /** Says so in the span. */
  void describe(OpenSpan span) {
    span.put(AttributeKey.HTTP_REQUEST_METHOD, ServerRequest.knownMethod(method))
        .put(AttributeKey.URL_FULL, url)
        .put(AttributeKey.SERVER_ADDRESS, host)
        .put(AttributeKey.SERVER_PORT, port > 0 ? port : defaultPort());
  }

  /** Of its scheme. */
  public int defaultPort() {
    return url.startsWith("https:") ? HTTPS_PORT : HTTP_PORT;
  }
}
