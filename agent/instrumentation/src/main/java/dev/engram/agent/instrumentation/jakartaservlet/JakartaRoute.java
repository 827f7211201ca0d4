package dev.engram.agent.instrumentation.jakartaservlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/** The template that a request's path matched. Thread-safe. */
final class JakartaRoute {
  private static final String SPRING_PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  private JakartaRoute() {}

  /**
   * Spring's pattern where there is one, else the servlet's mapping unless that takes everything;
   * with the context path. Null when nothing narrower than everything matched.
   */
  static @Nullable String of(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    boolean byPrefix = mapping != null && mapping.getMappingMatch() == MappingMatch.PATH;
    if (request.getAttribute(SPRING_PATTERN) instanceof String pattern) {
      return request.getContextPath() + (byPrefix ? request.getServletPath() : "") + pattern;
    }
    String pattern = mapping == null ? null : mapping.getPattern();
    return pattern == null || pattern.isEmpty() || pattern.equals("/") || pattern.equals("/*")
        ? null
        : request.getContextPath() + (pattern.startsWith("*") ? "/" : "") + pattern;
  }
}
