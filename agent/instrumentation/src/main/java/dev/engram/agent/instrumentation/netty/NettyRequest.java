package dev.engram.agent.instrumentation.netty;

import dev.engram.agent.core.http.ServerRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as Netty's codec has read it. Thread-safe. */
final class NettyRequest {
  private static volatile boolean tlsIsKnown = true;

  private NettyRequest() {}

  static ServerRequest of(Channel channel, HttpRequest request) {
    boolean unreadable = request instanceof FullHttpRequest && request.decoderResult().isFailure();
    String target = unreadable ? "" : withoutHost(request.uri());
    return of(
        channel,
        unreadable ? "" : request.method().name(),
        target,
        request.headers().get("User-Agent"),
        request.headers().get("traceparent"));
  }

  /**
   * @param target path and query, as sent
   */
  static ServerRequest of(
      Channel channel,
      String method,
      String target,
      @Nullable String userAgent,
      @Nullable String traceparent) {
    int question = target.indexOf('?');
    return new ServerRequest(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? null : target.substring(question + 1),
        isSecure(channel) || isSecure(channel.parent()) ? "https" : "http",
        channel.remoteAddress() instanceof InetSocketAddress peer ? address(peer) : null,
        userAgent,
        traceparent);
  }

  /** The values of a header, joined by a comma, which means the same; null when there are none. */
  static @Nullable String header(HttpHeaders headers, String name) {
    List<String> values = headers.getAll(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /** The version of HTTP that a request says it is in; null when it cannot be read. */
  static @Nullable String version(HttpRequest request) {
    return request.decoderResult().isFailure() ? null : request.protocolVersion().text();
  }

  /** Whether after this answer the connection is one of HTTP/2, which has to answer again. */
  static boolean isUpgradeToHttp2(HttpResponse response) {
    return response.status().code() == 101 && response.headers().contains("Upgrade", "h2c", true);
  }

  /** Requests to a proxy name the host too. */
  static String withoutHost(String target) {
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    if (scheme < 0) {
      return target;
    }
    int path = target.indexOf('/', scheme + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  /** Netty's handler for TLS comes in a jar that the codec can do without. */
  private static boolean isSecure(@Nullable Channel channel) {
    try {
      return tlsIsKnown && channel != null && channel.pipeline().get(SslHandler.class) != null;
    } catch (LinkageError absent) {
      tlsIsKnown = false;
      return false;
    }
  }

  private static @Nullable String address(InetSocketAddress peer) {
    return peer.getAddress() == null ? null : peer.getAddress().getHostAddress();
  }
}
