package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.RepeatableCall;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a call is made again. What the client's own strategy of retries has sent again is
 * left to it.
 */
final class RetryCapture {
  private RetryCapture() {}

  static @Nullable Object begin(Object client, @Nullable Object target, Object request) {
    if (Healing.isOff()) {
      return null;
    }
    ClassicHttpRequest asked = (ClassicHttpRequest) request;
    HttpEntity body = asked.getEntity();
    HttpHost host = host((HttpHost) target, asked);
    if (host == null || (body != null && !body.isRepeatable())) {
      return null;
    }
    String method = asked.getMethod();
    String path = asked.getPath();
    return RepeatableCall.begin(
        client.getClass(),
        method,
        host.getHostName(),
        path,
        () -> new ClientRequest(method, host.toURI() + path, host.getHostName(), host.getPort()),
        true);
  }

  static boolean exit(Object call, @Nullable Object response, @Nullable Throwable thrown) {
    RepeatableCall made = (RepeatableCall) call;
    if (thrown != null) {
      return made.failed(thrown);
    }
    if (!(response instanceof HttpResponse answer)) {
      made.leftAlone();
      return false;
    }
    Header later = answer.getFirstHeader("Retry-After");
    boolean again = made.answered(answer.getCode(), later == null ? null : later.getValue());
    if (again) {
      close(response);
    }
    return again;
  }

  /** Null where it is not said. */
  static @Nullable HttpHost host(@Nullable HttpHost target, ClassicHttpRequest request) {
    URIAuthority authority = request.getAuthority();
    return target != null || authority == null
        ? target
        : new HttpHost(request.getScheme(), authority.getHostName(), authority.getPort());
  }

  /** Nobody reads it, and its connection is no better than it. */
  private static void close(Object response) {
    if (response instanceof Closeable open) {
      try {
        open.close();
      } catch (IOException broken) {
        // It is closed.
      }
    }
  }
}
