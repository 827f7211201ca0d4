package dev.engram.agent.core.http;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended: with the headers of a response, or without one.
 *
 * @param status 0 when no response came
 * @param protocol the HTTP version in any client's spelling, such as {@code HTTP/1.1}, {@code
 *     HTTP_2} or {@code h2}; null when unknown
 * @param thrown why no response came; null when one did
 * @param site {@code class#method} where it was seen, or null
 */
public record ClientResponse(
    int status, @Nullable String protocol, @Nullable Throwable thrown, @Nullable String site) {
  private static final int FIRST_ERROR = 400;

  public static ClientResponse of(int status, @Nullable String protocol) {
    return new ClientResponse(status, protocol, null, null);
  }

  public static ClientResponse failed(Throwable thrown, String site) {
    return new ClientResponse(0, null, thrown, site);
  }

  /** Fills the span and ends it. */
  public void end(OpenSpan span) {
    span.put(AttributeKey.NETWORK_PROTOCOL_VERSION, version(protocol));
    if (status > 0) {
      span.put(AttributeKey.HTTP_RESPONSE_STATUS_CODE, status);
    }
    if (thrown != null || status >= FIRST_ERROR) {
      ModelCall.attemptFailed(span);
    }
    if (thrown != null) {
      span.fail(unwrapped(thrown), ExceptionOrigin.ESCAPED, site);
    } else if (status >= FIRST_ERROR) {
      span.fail(Integer.toString(status), null);
    }
    span.end();
  }

  /** {@code 1.1} or {@code 2}. */
  static @Nullable String version(@Nullable String protocol) {
    if (protocol == null) {
      return null;
    }
    int digit = 0;
    while (digit < protocol.length() && !Character.isDigit(protocol.charAt(digit))) {
      digit++;
    }
    if (digit == protocol.length()) {
      return null;
    }
    String major = protocol.substring(digit, digit + 1);
    return major.equals("1") ? protocol.substring(digit).replace('_', '.') : major;
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
