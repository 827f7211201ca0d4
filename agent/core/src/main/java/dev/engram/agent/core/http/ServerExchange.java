package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.decision.PlainText;
import dev.engram.agent.record.AttributeKey;
import java.lang.ref.WeakReference;
import java.nio.charset.Charset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request whose SERVER span is open, and what has passed of its two bodies. Its server keeps it
 * with the request. Used by one thread at a time, as the server hands the request on.
 */
public final class ServerExchange {
  /** The attribute of a servlet request that holds it, across dispatches and threads. */
  public static final String ATTRIBUTE = "dev.engram.exchange";

  /** The name of a request's body; as a payload of the span. */
  static final String REQUEST_BODY = "http.request.body";

  /** The names and sizes of its parts, where it has several. */
  static final String REQUEST_PARTS = "http.request.body.parts";

  /** The body of a response. */
  static final String RESPONSE_BODY = "http.response.body";

  private static final MessageContent UNKNOWN = new MessageContent(null, null, 0);

  private final OpenSpan span;
  private final int limit = HttpCapture.live().bodyLimit();
  private MessageContent requestContent = UNKNOWN;
  private @Nullable Body requestBody;
  private @Nullable MultipartScanner scanner;
  private @Nullable BodyParts parts;
  private @Nullable Body responseBody;
  private @Nullable WeakReference<Object> writer;
  private boolean ended;

  /** Whether a header or an attribute has named the user, as it is configured. */
  private boolean userIsNamed;

  public ServerExchange(OpenSpan span) {
    this.span = span;
    this.userIsNamed = span.text(AttributeKey.USER_ID) != null;
  }

  public OpenSpan span() {
    return span;
  }

  /** The session that the caller says it belongs to, or null. */
  public void session(@Nullable String id) {
    if (HttpCapture.live().users() && id != null && !id.isEmpty()) {
      span.put(AttributeKey.SESSION_ID, id);
    }
  }

  /**
   * Looks for the user where the configuration says that the application puts him.
   *
   * @param attributes the value of a request's attribute by its name; null when there is none
   */
  public void lookForUser(Function<String, @Nullable Object> attributes) {
    String attribute = userIsNamed ? null : HttpCapture.live().userAttribute();
    String user = attribute == null ? null : PlainText.of(attributes.apply(attribute));
    if (user != null && !user.isBlank()) {
      userIsNamed = true;
      span.put(AttributeKey.USER_ID, user);
    }
  }

  /** Whether asking for the user would tell something that is wanted and not known yet. */
  public boolean lacksUser() {
    return ServedRequest.lacksUser(span);
  }

  /** Who the request is made for, as the application or its server knows; null when nobody does. */
  public void user(@Nullable String id) {
    if (lacksUser() && id != null && !id.isEmpty()) {
      span.put(AttributeKey.USER_ID, id);
    }
  }

  /** Lets the streams and writers that this response hands out find it. */
  public void answersWith(Object response) {
    if (limit > 0) {
      BodyStreams.opened(response, this);
    }
  }

  /**
   * Where to add what is read of the request; null when neither its text nor the names of its parts
   * are to be remembered.
   */
  public @Nullable Body requestBody(MessageContent content) {
    if (requestBody == null && limit > 0 && !ended) {
      requestContent = content;
      requestBody = watched(content);
    }
    return requestBody;
  }

  /**
   * Where a server tells the parts of a request that it has taken apart below its streams; null
   * when they are known, or not to be remembered.
   */
  public @Nullable BodyParts partsToTell() {
    boolean passed = requestBody != null && requestBody.size() > 0;
    if (limit == 0 || ended || passed || parts != null && !parts.isEmpty()) {
      return null;
    }
    parts = new BodyParts(limit);
    return parts;
  }

  /**
   * The request is read through this source, unless it is through another already: what a wrapper
   * of the application reads comes from the server's stream.
   */
  public void readThrough(Object source, MessageContent content) {
    Body body = requestBody == null ? requestBody(content) : null;
    if (body != null) {
      BodyStreams.attach(source, body, null);
    }
  }

  /**
   * Where to add what is written of the response; null when its text is not to be remembered. The
   * type may become known later: text is told from the rest at the end, but what is known to be no
   * text is left alone.
   */
  public @Nullable Body responseBody(MessageContent content) {
    if (responseBody != null && !ended) {
      return responseBody;
    }
    if (limit == 0 || ended || content.type() != null && !content.isText()) {
      return null;
    }
    responseBody = new Body(content.isReadable() ? limit : 0);
    return responseBody;
  }

  /**
   * The response is written through this source.
   *
   * @param charset the name of a writer's charset; null for a stream of bytes
   */
  public void writeThrough(Object source, MessageContent content, @Nullable String charset) {
    Charset encoded = charset == null ? null : KnownCharsets.find(charset);
    Body body = charset != null && encoded == null ? null : responseBody(content);
    if (body != null) {
      BodyStreams.attach(source, body, encoded);
    }
  }

  /** Whether a writer was handed out for the first time. */
  public boolean isNewWriter(Object handedOut) {
    WeakReference<Object> known = writer;
    if (known != null && known.refersTo(handedOut)) {
      return false;
    }
    writer = new WeakReference<>(handedOut);
    return true;
  }

  /** What was written will not be sent. */
  public void forgetResponse() {
    Body body = responseBody;
    if (body != null) {
      body.clear();
    }
  }

  /**
   * Puts into the span what is known of the request's body.
   *
   * @param length {@code Content-Length}, for a body that was not watched; not positive when
   *     unknown
   */
  public void describeRequest(long length) {
    describe(
        REQUEST_BODY, AttributeKey.HTTP_REQUEST_BODY_SIZE, requestBody, requestContent, length);
    describeParts();
  }

  /** The same of the response's; only when its body is sent. */
  public void describeResponse(MessageContent content) {
    describe(
        RESPONSE_BODY,
        AttributeKey.HTTP_RESPONSE_BODY_SIZE,
        responseBody,
        content,
        content.length());
  }

  /** Lets go of the bodies and of the response; what passes later is not this request's. */
  public void end(Object response) {
    BodyStreams.closed(response);
    end();
  }

  /** Lets go of the bodies. */
  public void end() {
    ended = true;
    release(requestBody);
    release(responseBody);
  }

  private @Nullable Body watched(MessageContent content) {
    String boundary = content.boundary();
    if (boundary != null) {
      BodyParts told = new BodyParts(limit);
      parts = told;
      scanner = new MultipartScanner(boundary, told);
      return new Body(0, scanner);
    }
    return content.isText() ? new Body(content.isReadable() ? limit : 0) : null;
  }

  private void describe(
      String name, AttributeKey size, @Nullable Body body, MessageContent content, long length) {
    if (body != null && body.size() > 0) {
      span.put(size, body.size());
      String text = content.text(body);
      if (text != null && !text.isEmpty()) {
        span.payload(name, content.type(), text, body.isCut() ? body.size() : 0);
      }
    } else if (length > 0) {
      span.put(size, length);
    }
  }

  private void describeParts() {
    if (scanner != null) {
      scanner.end();
    }
    BodyParts known = parts;
    if (known != null && !known.isEmpty()) {
      span.payload(REQUEST_PARTS, "application/json", known.json(), known.wholeSize());
    }
  }

  private static void release(@Nullable Body body) {
    if (body != null) {
      BodyStreams.detach(body);
      body.close();
    }
  }
}
