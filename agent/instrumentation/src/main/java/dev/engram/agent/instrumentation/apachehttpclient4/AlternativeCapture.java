package dev.engram.agent.instrumentation.apachehttpclient4;

import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.AlternativeQuestion;
import dev.engram.agent.core.remedy.KeptRefusal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends a question that a model has refused to another model, by the same request, so that who
 * cancels it cancels both: it has another entity meanwhile. The first answer is kept in memory and
 * its connection given back, because there may be no other.
 */
final class AlternativeCapture {
  private AlternativeCapture() {}

  /** What the application is given instead; null for the client's own. */
  static @Nullable CloseableHttpResponse answered(
      Object client,
      @Nullable Object target,
      Object request,
      @Nullable Object context,
      CloseableHttpResponse answer) {
    if (!(request instanceof HttpEntityEnclosingRequest asked)) {
      return null;
    }
    HttpEntity body = asked.getEntity();
    if (body == null
        || !body.isRepeatable()
        || !CallRuns.isOfOneRequest()
        || !AlternativeQuestion.isFor(method(asked), status(answer), length(answer))) {
      return null;
    }
    HttpHost to = (HttpHost) target;
    HttpHost host = RetryCapture.host(to, asked);
    AlternativeQuestion other =
        host == null
            ? null
            : AlternativeQuestion.of(
                client.getClass(), described(asked, host), status(answer), () -> bytes(body));
    if (other == null) {
      return null;
    }
    CloseableHttpResponse second =
        other.ask(
            () -> {
              keep(answer);
              return send((CloseableHttpClient) client, to, asked, other, (HttpContext) context);
            },
            AlternativeCapture::status,
            AlternativeCapture::close,
            () -> isCancelled(asked));
    if (second != null) {
      close(answer);
    }
    return second;
  }

  private static ClientRequest described(HttpEntityEnclosingRequest request, HttpHost host) {
    String url = host.toURI() + request.getRequestLine().getUri();
    return new ClientRequest(method(request), url, host.getHostName(), host.getPort());
  }

  private static CloseableHttpResponse send(
      CloseableHttpClient client,
      @Nullable HttpHost target,
      HttpEntityEnclosingRequest request,
      AlternativeQuestion other,
      @Nullable HttpContext context)
      throws IOException {
    HttpEntity body = request.getEntity();
    request.setEntity(likewise(new ByteArrayEntity(other.body()), body));
    try {
      return client.execute(target, request, context);
    } finally {
      request.setEntity(body);
    }
  }

  /** Of its body, in bytes; negative where it is not known. */
  private static long length(CloseableHttpResponse answer) {
    HttpEntity entity = answer.getEntity();
    return entity == null ? 0 : entity.getContentLength();
  }

  private static void keep(CloseableHttpResponse answer) throws IOException {
    HttpEntity entity = answer.getEntity();
    if (entity != null) {
      InputStream kept = KeptRefusal.of(entity.getContent());
      answer.setEntity(likewise(new InputStreamEntity(kept, entity.getContentLength()), entity));
    }
  }

  /** Of the same type and encoding. */
  private static HttpEntity likewise(AbstractHttpEntity next, HttpEntity before) {
    next.setContentType(before.getContentType());
    next.setContentEncoding(before.getContentEncoding());
    return next;
  }

  private static String method(HttpRequest request) {
    return request.getRequestLine().getMethod();
  }

  private static int status(HttpResponse answer) {
    return answer.getStatusLine().getStatusCode();
  }

  private static boolean isCancelled(HttpRequest request) {
    return request instanceof HttpExecutionAware aborted && aborted.isAborted();
  }

  private static byte @Nullable [] bytes(HttpEntity body) {
    try {
      BodyBytes bytes = new BodyBytes();
      body.writeTo(bytes);
      return bytes.whole();
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }

  private static void close(Closeable answer) {
    try {
      answer.close();
    } catch (IOException broken) {
      // Nobody reads it.
    }
  }
}
