package dev.engram.agent.instrumentation.jakartaservlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/** The template that a request's path matched. Thread-safe. */
final class JakartaRoute {
  private static final String SPRING_PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  private static volatile boolean mappingIsKnown = true;

  private JakartaRoute() {}

  /**
   * Spring's pattern where there is one, else the servlet's mapping unless that takes everything;
   * with the context path. Null when nothing narrower than everything matched.
   */
  static @Nullable String of(HttpServletRequest request) {
    HttpServletMapping mapping = mapping(request);
    boolean byPrefix = mapping != null && mapping.getMappingMatch() == MappingMatch.PATH;
    if (request.getAttribute(SPRING_PATTERN) instanceof String pattern) {
      return request.getContextPath() + (byPrefix ? request.getServletPath() : "") + pattern;
    }
    String pattern = mapping == null ? null : mapping.getPattern();
    return pattern == null || pattern.isEmpty() || pattern.equals("/") || pattern.equals("/*")
        ? null
        : request.getContextPath() + (pattern.startsWith("*") ? "/" : "") + pattern;
  }

  /** Containers of javax, older than Servlet 4.0, have no mapping to ask for. */
  private static @Nullable HttpServletMapping mapping(HttpServletRequest request) {
    try {
      return mappingIsKnown ? request.getHttpServletMapping() : null;
    } catch (LinkageError olderApi) {
      mappingIsKnown = false;
      return null;
    }
  }
}
