package dev.engram.agent.core.redis;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is sent. Of its arguments only the number is remembered: a key is a value too,
 * and the name of a session is as good as its password.
 *
 * @param name such as {@code GET} or {@code JSON.SET}
 * @param arguments how many follow the name
 * @param host of the server, or null when unknown
 * @param port of the server; not positive when unknown
 */
public record RedisOperation(String name, int arguments, @Nullable String host, int port) {
  private static final String SYSTEM = "redis";
  private static final int SHOWN_ARGUMENTS = 8;

  /** Opens the command's CLIENT span; null when capture is off. */
  public @Nullable OpenSpan open() {
    String operation = name.toUpperCase(Locale.ROOT);
    OpenSpan span = Tracing.open(SpanKind.CLIENT, Category.DB, operation);
    if (span == null) {
      return null;
    }
    span.put(AttributeKey.DB_SYSTEM_NAME, SYSTEM)
        .put(AttributeKey.DB_OPERATION_NAME, operation)
        .put(AttributeKey.DB_QUERY_TEXT, text(operation))
        .put(AttributeKey.SERVER_ADDRESS, host);
    if (host != null && port > 0) {
      span.put(AttributeKey.SERVER_PORT, port);
    }
    return span;
  }

  /** The server's refusal, or what kept the command from it; the span is still to be ended. */
  public static void fail(OpenSpan span, Throwable thrown, String site) {
    span.put(AttributeKey.DB_RESPONSE_STATUS_CODE, code(Thrown.message(thrown)))
        .fail(thrown, ExceptionOrigin.ESCAPED, site);
  }

  /** The server's refusal, where the client has not yet made an exception of it. */
  public static void fail(OpenSpan span, String error) {
    String code = code(error);
    span.put(AttributeKey.DB_RESPONSE_STATUS_CODE, code).fail(code == null ? "_OTHER" : code, null);
  }

  /** A {@code ?} for each argument; the rest of many is dots, so that few texts are different. */
  private String text(String operation) {
    StringBuilder text = new StringBuilder(operation);
    for (int i = 0; i < Math.min(arguments, SHOWN_ARGUMENTS); i++) {
      text.append(" ?");
    }
    return arguments > SHOWN_ARGUMENTS ? text.append(" ...").toString() : text.toString();
  }

  /** The word in capitals that an error of the server begins with, such as {@code WRONGTYPE}. */
  static @Nullable String code(@Nullable String error) {
    if (error == null) {
      return null;
    }
    int end = 0;
    while (end < error.length() && isCapital(error.charAt(end))) {
      end++;
    }
    boolean isWord = end > 1 && (end == error.length() || error.charAt(end) == ' ');
    return isWord ? error.substring(0, end) : null;
  }

  private static boolean isCapital(char letter) {
    return letter >= 'A' && letter <= 'Z';
  }
}
