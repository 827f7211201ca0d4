package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.AlternativeQuestion;
import dev.engram.agent.core.remedy.KeptRefusal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
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
    ClassicHttpRequest asked = (ClassicHttpRequest) request;
    HttpEntity body = asked.getEntity();
    if (body == null
        || !body.isRepeatable()
        || !CallRuns.isOfOneRequest()
        || !AlternativeQuestion.isFor(asked.getMethod(), answer.getCode(), length(answer))) {
      return null;
    }
    HttpHost to = (HttpHost) target;
    HttpHost host = RetryCapture.host(to, asked);
    AlternativeQuestion other =
        host == null
            ? null
            : AlternativeQuestion.of(
                client.getClass(), described(asked, host), answer.getCode(), () -> bytes(body));
    if (other == null) {
      return null;
    }
    CloseableHttpResponse second =
        other.ask(
            () -> {
              keep(answer);
              return send((CloseableHttpClient) client, to, asked, other, (HttpContext) context);
            },
            CloseableHttpResponse::getCode,
            AlternativeCapture::close,
            () -> isCancelled(asked));
    if (second != null) {
      close(answer);
    }
    return second;
  }

  private static ClientRequest described(ClassicHttpRequest request, HttpHost host) {
    String url = host.toURI() + request.getPath();
    return new ClientRequest(request.getMethod(), url, host.getHostName(), host.getPort());
  }

  /** The only way that gives the response as the application is given it, in all versions. */
  @SuppressWarnings("deprecation")
  private static CloseableHttpResponse send(
      CloseableHttpClient client,
      @Nullable HttpHost target,
      ClassicHttpRequest request,
      AlternativeQuestion other,
      @Nullable HttpContext context)
      throws IOException {
    HttpEntity body = request.getEntity();
    ContentType type = ContentType.parseLenient(body.getContentType());
    request.setEntity(new ByteArrayEntity(other.body(), type));
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
      ContentType type = ContentType.parseLenient(entity.getContentType());
      answer.setEntity(
          new InputStreamEntity(
              kept, entity.getContentLength(), type, entity.getContentEncoding()));
    }
  }

  private static boolean isCancelled(ClassicHttpRequest request) {
    return request instanceof CancellableDependency cancelled && cancelled.isCancelled();
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
