package dev.engram.agent.instrumentation.apachehttpclient4;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.Tracing;
import java.io.IOException;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.RequestLine;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/** Calls that ask a model, where no layer above knows of the call. */
final class ModelQuestion {
  static final String SITE = "org.apache.http.client.HttpClient#execute";

  private ModelQuestion() {}

  /**
   * The call, which is current until it has been {@link #executed}; null when no model is asked.
   */
  static @Nullable WireCall of(@Nullable Object target, Object request) {
    try {
      if (!(request instanceof HttpEntityEnclosingRequest asked)
          || !isInMemory(asked.getEntity())
          || ModelCall.isCurrent()) {
        return null;
      }
      HttpHost host = RetryCapture.host((HttpHost) target, asked);
      RequestLine line = asked.getRequestLine();
      Endpoint endpoint =
          host == null ? null : Endpoint.of(line.getMethod(), host.getHostName(), line.getUri());
      return endpoint == null ? null : asked(endpoint, asked.getEntity());
    } catch (Throwable failure) {
      Tracing.failed();
      return null;
    }
  }

  /** Has the body of the response read along. */
  static void executed(WireCall call, @Nullable Object response, @Nullable Throwable thrown) {
    call.leave();
    if (thrown != null) {
      call.failed(thrown, SITE);
    } else if (response instanceof HttpResponse answer) {
      HttpEntity body = answer.getEntity();
      AnswerBytes along =
          call.answered(
              answer.getStatusLine().getStatusCode(),
              value(answer.getFirstHeader("Content-Type")),
              body == null ? null : value(body.getContentEncoding()));
      if (body == null) {
        along.ended();
      } else {
        answer.setEntity(new ModelAnswerEntity(body, along));
      }
    }
  }

  /** Nobody reads the body of the response any more. */
  static void closed(HttpResponse response) {
    if (response.getEntity() instanceof ModelAnswerEntity body) {
      body.closed();
    }
  }

  private static @Nullable WireCall asked(Endpoint endpoint, HttpEntity body) throws IOException {
    BodyBytes bytes = new BodyBytes();
    body.writeTo(bytes);
    return bytes.open(endpoint);
  }

  /** These give their bytes as often as they are asked; others may run code of somebody. */
  private static boolean isInMemory(@Nullable HttpEntity body) {
    return body != null
        && (body.getClass() == StringEntity.class || body.getClass() == ByteArrayEntity.class);
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }
}
