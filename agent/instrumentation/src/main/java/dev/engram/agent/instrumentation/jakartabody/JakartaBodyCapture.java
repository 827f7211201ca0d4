package dev.engram.agent.instrumentation.jakartabody;

import dev.engram.agent.core.http.Body;
import dev.engram.agent.core.http.BodyParts;
import dev.engram.agent.core.http.BodyStreams;
import dev.engram.agent.core.http.MessageContent;
import dev.engram.agent.core.http.ServerExchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Tells the body of an exchange what passes through the container's streams and writers. Between
 * {@link #begin} and what ends it no other call of the same stream counts: containers call their
 * own methods.
 */
final class JakartaBodyCapture {
  private JakartaBodyCapture() {}

  static void input(Object request, @Nullable Object stream) {
    if (stream != null && BodyStreams.of(stream) == null) {
      readThrough(request, stream);
    }
  }

  static void reader(Object request) {
    Object source = JakartaContainers.belowReader(request);
    if (source != null && BodyStreams.of(source) == null) {
      readThrough(request, source);
    }
  }

  /** What has passed no stream: Jetty 12 takes a request apart before there is one. */
  static void parts(Object request, Collection<?> handedOut) {
    ServerExchange exchange = exchangeOf((HttpServletRequest) request);
    BodyParts parts = exchange == null ? null : exchange.partsToTell();
    if (parts == null) {
      return;
    }
    for (Object each : handedOut) {
      Part part = (Part) each;
      parts.add(part.getName(), part.getSubmittedFileName(), part.getContentType(), part.getSize());
    }
  }

  static void output(Object response, @Nullable Object stream) {
    ServerExchange exchange = BodyStreams.exchangeOf(response);
    if (exchange != null && stream != null && BodyStreams.of(stream) == null) {
      exchange.writeThrough(stream, content((HttpServletResponse) response), null);
    }
  }

  static void writer(Object response, @Nullable Object writer) {
    ServerExchange exchange = BodyStreams.exchangeOf(response);
    if (exchange == null || writer == null || !exchange.isNewWriter(writer)) {
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    Object stream = JakartaContainers.streamBelowWriter(response);
    if (stream != null) {
      exchange.writeThrough(stream, content(answer), null);
      return;
    }
    Object encoder = JakartaContainers.encoderOf(writer);
    if (encoder != null) {
      exchange.writeThrough(encoder, content(answer), answer.getCharacterEncoding());
    }
  }

  static void reset(Object response) {
    ServerExchange exchange = BodyStreams.exchangeOf(response);
    if (exchange != null) {
      exchange.forgetResponse();
    }
  }

  /** The body that passes through this stream or writer, when this call of it is the outermost. */
  static @Nullable Object begin(Object stream) {
    Body body = BodyStreams.of(stream);
    return body != null && body.begin() ? body : null;
  }

  static void done(Object body) {
    ((Body) body).done();
  }

  /** Nothing when the count is not positive. */
  static void bytes(Object body, byte[] bytes, int from, int count) {
    Body passing = (Body) body;
    passing.done();
    passing.add(bytes, from, count);
  }

  static void readByte(Object body, int read) {
    Body passing = (Body) body;
    passing.done();
    if (read >= 0) {
      passing.add((byte) read);
    }
  }

  static void readBuffer(Object body, ByteBuffer buffer, int count) {
    Body passing = (Body) body;
    passing.done();
    if (count > 0) {
      ByteBuffer read = buffer.duplicate();
      passing.add(read.limit(read.position()).position(read.position() - count));
    }
  }

  static void writtenByte(Object body, int value, @Nullable Throwable thrown) {
    Body passing = (Body) body;
    passing.done();
    if (thrown == null) {
      passing.add((byte) value);
    }
  }

  static @Nullable Object beginBuffer(Object stream, ByteBuffer buffer) {
    Body body = BodyStreams.of(stream);
    if (body == null || !body.begin()) {
      return null;
    }
    body.add(buffer);
    return body;
  }

  static void writtenChar(Object body, int value, @Nullable Throwable thrown) {
    Body passing = (Body) body;
    passing.done();
    if (thrown == null) {
      passing.add((char) value);
    }
  }

  /** Nothing when the count is not positive. */
  static void chars(Object body, char[] chars, int from, int count) {
    Body passing = (Body) body;
    passing.done();
    passing.add(chars, from, count);
  }

  /** The same. */
  static void text(Object body, String text, int from, int count) {
    Body passing = (Body) body;
    passing.done();
    passing.add(text, from, count);
  }

  static @Nullable Object beginCharBuffer(Object writer, CharBuffer buffer) {
    Body body = BodyStreams.of(writer);
    if (body == null || !body.begin()) {
      return null;
    }
    String text = buffer.toString();
    body.add(text, 0, text.length());
    return body;
  }

  /** The body of a request that is to be remembered, or null. */
  static @Nullable Body bodyOf(HttpServletRequest request) {
    ServerExchange exchange = exchangeOf(request);
    return exchange == null ? null : exchange.requestBody(content(request));
  }

  private static void readThrough(Object request, Object source) {
    HttpServletRequest read = (HttpServletRequest) request;
    ServerExchange exchange = exchangeOf(read);
    if (exchange != null) {
      exchange.readThrough(source, content(read));
    }
  }

  private static @Nullable ServerExchange exchangeOf(HttpServletRequest request) {
    return request.getAttribute(ServerExchange.ATTRIBUTE) instanceof ServerExchange exchange
        ? exchange
        : null;
  }

  /** From the headers alone: {@code getContentType} of Jetty throws once where it is unreadable. */
  private static MessageContent content(HttpServletRequest request) {
    return new MessageContent(
        request.getHeader("Content-Type"), request.getHeader("Content-Encoding"), 0);
  }

  private static MessageContent content(HttpServletResponse response) {
    return new MessageContent(response.getContentType(), response.getHeader("Content-Encoding"), 0);
  }
}
