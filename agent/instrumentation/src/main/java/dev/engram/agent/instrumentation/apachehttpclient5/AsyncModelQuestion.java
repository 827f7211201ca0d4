package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.Tracing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous calls that ask a model, where no layer above knows of the call. Looks at what the
 * producer of a request would send, before the client does.
 */
final class AsyncModelQuestion implements RequestChannel, DataStreamChannel {
  private final BodyBytes bytes = new BodyBytes();
  private @Nullable HttpRequest request;
  private @Nullable EntityDetails body;
  private boolean looksOnly;
  private boolean moved;
  private boolean seen;
  private boolean ended;

  private AsyncModelQuestion() {}

  /** The call, which is current until it is left; null when no model is asked. Never throws. */
  static @Nullable WireCall of(@Nullable Object target, @Nullable Object producer) {
    try {
      if (producer == null || !showsItsRequest(producer) || ModelCall.isCurrent()) {
        return null;
      }
      AsyncModelQuestion question = new AsyncModelQuestion();
      ((BasicRequestProducer) producer).sendRequest(question, null);
      return question.open((HttpHost) target);
    } catch (Throwable failure) {
      Tracing.failed();
      return null;
    }
  }

  @Override
  public void sendRequest(
      HttpRequest request, @Nullable EntityDetails body, @Nullable HttpContext context) {
    this.request = request;
    this.body = body;
  }

  @Override
  public int write(ByteBuffer from) {
    int count = from.remaining();
    seen = true;
    if (looksOnly) {
      bytes.take(from.duplicate(), count);
      return 0;
    }
    moved = true;
    bytes.take(from, count);
    return count;
  }

  @Override
  public void requestOutput() {
    // It is asked for output all the time.
  }

  @Override
  public void endStream() {
    ended = true;
  }

  @Override
  public void endStream(@Nullable List<? extends Header> trailers) {
    ended = true;
  }

  private @Nullable WireCall open(@Nullable HttpHost target) throws HttpException, IOException {
    HttpRequest asked = request;
    if (asked == null || !(body instanceof AsyncEntityProducer producer) || !isInMemory(producer)) {
      return null;
    }
    String host =
        target != null
            ? target.getHostName()
            : asked.getAuthority() == null ? null : asked.getAuthority().getHostName();
    Endpoint endpoint = Endpoint.of(asked.getMethod(), host, asked.getPath());
    return endpoint != null && isRead(producer) ? bytes.open(endpoint) : null;
  }

  /** Leaves it as it was, to be read from its beginning. */
  private boolean isRead(AsyncEntityProducer producer) throws IOException {
    return producer.getClass() == BasicAsyncEntityProducer.class
        ? isLookedAt(producer)
        : isDrained(producer);
  }

  /**
   * It offers the buffer that holds the whole body, and is left with all of it: once it is empty,
   * its reset may make bytes of the buffer part of the body that never were.
   */
  private boolean isLookedAt(AsyncEntityProducer producer) throws IOException {
    looksOnly = true;
    producer.produce(this);
    if (ended) {
      // It was empty, and must be able to say so again.
      producer.releaseResources();
    }
    return seen;
  }

  /** It encodes piece by piece, and its reset leaves it as it was. */
  private boolean isDrained(AsyncEntityProducer producer) throws IOException {
    try {
      do {
        moved = false;
        producer.produce(this);
      } while (moved && !ended);
      return ended;
    } finally {
      producer.releaseResources();
    }
  }

  /** Others may run code of somebody. */
  private static boolean showsItsRequest(Object producer) {
    return producer.getClass() == SimpleRequestProducer.class
        || producer.getClass() == BasicRequestProducer.class;
  }

  /** These give their bytes as often as they are asked. */
  private static boolean isInMemory(AsyncEntityProducer producer) {
    return producer.getClass() == StringAsyncEntityProducer.class
        || producer.getClass() == BasicAsyncEntityProducer.class;
  }
}
