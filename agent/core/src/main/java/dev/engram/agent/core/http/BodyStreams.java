package dev.engram.agent.core.http;

import dev.engram.agent.core.attach.Attachments;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Which body passes through which stream or writer, and which exchange a response belongs to, by
 * identity. Here and not beside an instrumentation, because the classes of a server and those of an
 * application have loaders of their own. Thread-safe; no method throws or blocks.
 */
public final class BodyStreams {
  private static final Attachments<Body> BODIES = new Attachments<>();
  private static final Attachments<ServerExchange> EXCHANGES = new Attachments<>();

  private BodyStreams() {}

  /** The body that passes through a stream or writer, or null when it is not to be remembered. */
  public static @Nullable Body of(Object source) {
    return BODIES.get(source);
  }

  /** A body passes through this source, and through no other from now on. */
  public static void attach(Object source, Body body, @Nullable Charset charset) {
    detach(body);
    body.passThrough(source, charset);
    BODIES.put(source, body);
  }

  /** The exchange that this very response, and none that wraps it, belongs to; null for none. */
  public static @Nullable ServerExchange exchangeOf(Object response) {
    return EXCHANGES.get(response);
  }

  static void opened(Object response, ServerExchange exchange) {
    EXCHANGES.put(response, exchange);
  }

  static void closed(Object response) {
    EXCHANGES.remove(response);
  }

  static void detach(Body body) {
    Object source = body.source();
    if (source != null && BODIES.get(source) == body) {
      BODIES.remove(source);
    }
  }
}
