package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.Tracing;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/** Classic calls that ask a model, where no layer above knows of the call. */
final class ModelQuestion {
  static final String SITE = "org.apache.hc.client5.http.classic.HttpClient#execute";

  private ModelQuestion() {}

  /**
   * The call, which is current until it has been {@link #executed}; null when no model is asked.
   */
  static @Nullable WireCall of(@Nullable Object target, Object request) {
    try {
      ClassicHttpRequest asked = (ClassicHttpRequest) request;
      HttpHost host = RetryCapture.host((HttpHost) target, asked);
      Endpoint endpoint =
          host == null ? null : Endpoint.of(asked.getMethod(), host.getHostName(), asked.getPath());
      HttpEntity body = asked.getEntity();
      return endpoint == null || !isInMemory(body) || ModelCall.isCurrent()
          ? null
          : asked(endpoint, body);
    } catch (Throwable failure) {
      Tracing.failed();
      return null;
    }
  }

  /** Has the body of the response read along. */
  static void executed(Object asked, @Nullable Object response, @Nullable Throwable thrown) {
    WireCall call = (WireCall) asked;
    call.leave();
    if (thrown != null) {
      call.failed(thrown, SITE);
    } else if (response instanceof ClassicHttpResponse answer) {
      HttpEntity body = answer.getEntity();
      AnswerBytes along =
          call.answered(
              answer.getCode(),
              value(answer.getFirstHeader("Content-Type")),
              body == null ? null : body.getContentEncoding());
      if (body == null) {
        along.ended();
      } else {
        answer.setEntity(new ModelAnswerEntity(body, along));
      }
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
