package dev.engram.agent.instrumentation.reactornettyclient;

import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A call to where models are asked, which asks one if its body says so. Keeps nothing of what has
 * ended, because a channel may remember its last call for long. Used by one thread at a time.
 */
final class ModelQuestion {
  private final Endpoint endpoint;
  private volatile @Nullable WireCall call;
  private volatile @Nullable HttpResponse head;
  private volatile @Nullable AnswerBytes along;

  private ModelQuestion(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Null when no model is asked there. */
  static @Nullable ModelQuestion at(String method, String url) {
    if (!method.equals("POST")) {
      return null;
    }
    try {
      URI asked = URI.create(url);
      Endpoint endpoint = Endpoint.of(method, asked.getHost(), asked.getRawPath());
      return endpoint == null ? null : new ModelQuestion(endpoint);
    } catch (IllegalArgumentException unusual) {
      return null;
    }
  }

  /**
   * Opens the call where the body asks a model; in the span that is current.
   *
   * @return what its attempts belong to, or null when no model is asked
   */
  @Nullable ClientCall ask(ByteBuf body) throws IOException {
    BodyBytes bytes = new BodyBytes();
    body.getBytes(body.readerIndex(), bytes, body.readableBytes());
    WireCall opened = bytes.open(endpoint);
    if (opened == null) {
      return null;
    }
    call = opened;
    try {
      return new ClientCall();
    } finally {
      opened.leave();
    }
  }

  boolean isAsked() {
    return call != null;
  }

  /** The head of a response, which may lead to another attempt. */
  void heard(HttpResponse response) {
    head = call == null ? null : response;
  }

  /**
   * The response that was heard last is the application's.
   *
   * @param reader lives as long as the response is read
   */
  void answered(Object reader) {
    WireCall asked = call;
    HttpResponse response = head;
    head = null;
    if (asked != null && response != null) {
      HttpHeaders headers = response.headers();
      AnswerBytes passed =
          asked.answered(
              response.status().code(),
              headers.get("content-type"),
              headers.get("content-encoding"));
      passed.readThrough(reader);
      along = passed;
      call = null;
      // It may be all there is.
      read(response);
    }
  }

  /** A part of the response, on its way to the application. Never throws. */
  void read(Object part) {
    AnswerBytes passed = along;
    if (passed != null && part instanceof ByteBufHolder content) {
      add(content, passed);
    }
    if (passed != null && part instanceof LastHttpContent) {
      along = null;
      passed.ended();
    }
  }

  private static void add(ByteBufHolder content, AnswerBytes passed) {
    try {
      for (ByteBuffer bytes : content.content().nioBuffers()) {
        passed.add(bytes);
      }
    } catch (RuntimeException failure) {
      Tracing.failed();
    }
  }

  /** There will be no answer. */
  void failed(Throwable thrown, String site) {
    WireCall asked = call;
    call = null;
    head = null;
    if (asked != null) {
      asked.failed(thrown, site);
    }
  }

  /** There will be no more of the answer. */
  void broken(Throwable thrown, String site) {
    AnswerBytes passed = along;
    along = null;
    if (passed != null) {
      passed.failed(thrown, site);
    }
  }

  /**
   * Nobody reads on.
   *
   * @param isGivenUp whether nobody waits for an answer either
   */
  void closed(boolean isGivenUp) {
    AnswerBytes passed = along;
    along = null;
    if (passed != null) {
      passed.closed();
    }
    WireCall asked = call;
    if (asked != null && isGivenUp) {
      call = null;
      asked.cancelled();
    }
  }
}
