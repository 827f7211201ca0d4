package dev.engram.agent.instrumentation.apachehttpclient4;

import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.AnswerStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** The body of an answer, with somebody who reads along. As safe as the client's own. */
final class ModelAnswerEntity extends HttpEntityWrapper {
  private final AnswerBytes along;
  private @Nullable InputStream content;

  ModelAnswerEntity(HttpEntity body, AnswerBytes along) {
    super(body);
    this.along = along;
  }

  @Override
  public InputStream getContent() throws IOException {
    InputStream known = content;
    if (known != null && isRepeatable()) {
      // It was read along the first time.
      return super.getContent();
    }
    if (known == null) {
      known = new AnswerStream(super.getContent(), along, ModelQuestion.SITE);
      along.readThrough(known);
      content = known;
    }
    return known;
  }

  /** By the content, so that nothing is written past who reads along. */
  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream read = getContent()) {
      read.transferTo(out);
    }
  }

  /** Nobody reads on. */
  void closed() {
    along.closed();
  }
}
