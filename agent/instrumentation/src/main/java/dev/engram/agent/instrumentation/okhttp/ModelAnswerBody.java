package dev.engram.agent.instrumentation.okhttp;

import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.capture.Tracing;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** The body of an answer, with somebody who reads along. As safe as the client's own. */
final class ModelAnswerBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource source;

  ModelAnswerBody(ResponseBody body, AnswerBytes along) {
    this.body = body;
    Along read = new Along(body.source(), along);
    this.source = Okio.buffer(read);
    along.readThrough(read);
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  private static final class Along extends ForwardingSource {
    private final AnswerBytes along;

    Along(Source source, AnswerBytes along) {
      super(source);
      this.along = along;
    }

    @Override
    public long read(Buffer sink, long count) throws IOException {
      long read;
      try {
        read = super.read(sink, count);
      } catch (IOException thrown) {
        along.failed(thrown, ModelQuestion.SITE);
        throw thrown;
      }
      if (read < 0) {
        along.ended();
      } else {
        tell(sink, read);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      along.closed();
      super.close();
    }

    private void tell(Buffer sink, long read) {
      try {
        Buffer passed = new Buffer();
        sink.copyTo(passed, sink.size() - read, read);
        byte[] bytes = passed.readByteArray();
        along.add(bytes, 0, bytes.length);
      } catch (Throwable failure) {
        Tracing.failed();
      }
    }
  }
}
