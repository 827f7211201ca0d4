package dev.engram.agent.instrumentation.apachehttpclient4;

import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.RepeatableCall;
import java.io.Closeable;
import java.io.IOException;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
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
    HttpRequest asked = (HttpRequest) request;
    HttpEntity body =
        asked instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
    HttpHost host = host((HttpHost) target, asked);
    if (host == null || (body != null && !body.isRepeatable())) {
      return null;
    }
    String method = asked.getRequestLine().getMethod();
    String path = asked.getRequestLine().getUri();
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
    boolean again =
        made.answered(
            answer.getStatusLine().getStatusCode(), later == null ? null : later.getValue());
    if (again) {
      close(response);
    }
    return again;
  }

  /** Null where it is not said. */
  static @Nullable HttpHost host(@Nullable HttpHost target, HttpRequest request) {
    if (target != null || !(request instanceof HttpUriRequest asked)) {
      return target;
    }
    String host = asked.getURI().getHost();
    return host == null
        ? null
        : new HttpHost(host, asked.getURI().getPort(), asked.getURI().getScheme());
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
