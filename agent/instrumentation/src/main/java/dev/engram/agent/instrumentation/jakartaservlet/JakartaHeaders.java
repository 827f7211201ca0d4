package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.http.MessageContent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers; the values of one that is repeated are joined by a comma, which means the same.
 */
final class JakartaHeaders {
  private static final String SEPARATOR = ", ";

  private JakartaHeaders() {}

  static @Nullable String of(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    if (values == null || !values.hasMoreElements()) {
      return null;
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return first;
    }
    StringBuilder joined = new StringBuilder(first);
    while (values.hasMoreElements()) {
      joined.append(SEPARATOR).append(values.nextElement());
    }
    return joined.toString();
  }

  /** A container may keep the type of what it sends apart from the headers. */
  static @Nullable String of(HttpServletResponse response, String name) {
    if (name.equals("content-type")) {
      return response.getContentType();
    }
    Collection<String> values = response.getHeaders(name);
    return values == null || values.isEmpty() ? null : String.join(SEPARATOR, values);
  }

  static MessageContent content(HttpServletResponse response) {
    // The length of what an error has replaced may still be there.
    boolean replaced = response.getStatus() >= 400 && !response.isCommitted();
    return MessageContent.of(
        response.getContentType(),
        response.getHeader("Content-Encoding"),
        replaced ? null : response.getHeader("Content-Length"));
  }
}
