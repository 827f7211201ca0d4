package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request when it arrives, in the words of the server that took it.
 *
 * @param method as sent
 * @param path the undecoded path, without the query
 * @param clientAddress the address of the peer
 * @param traceparent the W3C header of the caller, or null
 */
public record ServerRequest(
    String method,
    String path,
    @Nullable String query,
    String scheme,
    @Nullable String clientAddress,
    @Nullable String userAgent,
    @Nullable String traceparent) {
  private static final String SESSION_ID = ";jsessionid=";
  private static final Set<String> KNOWN_METHODS =
      Set.of(
          "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY");

  /** Opens the span of a request without headers. */
  public @Nullable OpenSpan open() {
    return open(name -> null);
  }

  /**
   * Opens the request's SERVER span and writes its begun note; null when capture is off.
   *
   * @param headers as {@link HttpCapture#requestHeaders} wants them
   */
  public @Nullable OpenSpan open(Function<String, @Nullable String> headers) {
    String shownPath = withoutSessionId(path);
    OpenSpan span = Tracing.openRequest(method, shownPath, spanName(method, null));
    if (span == null) {
      return null;
    }
    span.continueFrom(traceparent)
        .put(AttributeKey.HTTP_REQUEST_METHOD, knownMethod(method))
        .put(AttributeKey.URL_PATH, shownPath)
        .put(AttributeKey.URL_QUERY, query)
        .put(AttributeKey.URL_SCHEME, scheme)
        .put(AttributeKey.CLIENT_ADDRESS, clientAddress)
        .put(AttributeKey.USER_AGENT_ORIGINAL, userAgent);
    HttpCapture.requestHeaders(span, headers);
    return span.begun();
  }

  /**
   * Says which version of HTTP a request came in.
   *
   * @param protocol in any server's spelling, such as {@code HTTP/2.0}; null when unknown
   */
  public static void cameIn(OpenSpan span, @Nullable String protocol) {
    span.put(AttributeKey.NETWORK_PROTOCOL_VERSION, ClientResponse.version(protocol));
  }

  /** The span's name: few different ones, so never the path. */
  static String spanName(String method, @Nullable String route) {
    String shown = known(method) ? method : "HTTP";
    return route == null ? shown : shown + " " + route;
  }

  /** What the attribute says of a method; the convention keeps the number of values small. */
  static String knownMethod(String method) {
    return known(method) ? method : "_OTHER";
  }

  private static boolean known(String method) {
    return KNOWN_METHODS.contains(method);
  }

  /** Servlet containers accept the session id as a path parameter, where no key names it. */
  static String withoutSessionId(String path) {
    int begin = path.indexOf(SESSION_ID);
    if (begin < 0) {
      return path;
    }
    StringBuilder shown = new StringBuilder(path.length());
    int copied = 0;
    while (begin >= 0) {
      shown.append(path, copied, begin);
      copied = endOfParameter(path, begin + SESSION_ID.length());
      begin = path.indexOf(SESSION_ID, copied);
    }
    return shown.append(path, copied, path.length()).toString();
  }

  private static int endOfParameter(String path, int from) {
    int end = from;
    while (end < path.length() && path.charAt(end) != ';' && path.charAt(end) != '/') {
      end++;
    }
    return end;
  }
}
