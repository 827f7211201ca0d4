package dev.engram.agent.instrumentation.jakartaservlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who a request is made for. Jetty is not asked: it may leave authentication until somebody asks,
 * and would then ask a directory or a database in the name of the agent. Spring Security's wrapper,
 * which knows by itself, is asked there too.
 */
final class JakartaUser {
  private static final String JETTY = "org.eclipse.jetty.";
  private static final String SPRING_SECURITY = "org.springframework.security.";

  private JakartaUser() {}

  /** Null when nobody has been told apart, or that is not at hand. */
  static @Nullable String of(HttpServletRequest request) {
    ServletRequest inner = request;
    HttpServletRequest knowing = null;
    while (inner instanceof ServletRequestWrapper wrapper) {
      if (knowing == null && isOf(inner, SPRING_SECURITY)) {
        knowing = (HttpServletRequest) inner;
      }
      inner = wrapper.getRequest();
    }
    if (isOf(inner, JETTY)) {
      return knowing == null ? null : knowing.getRemoteUser();
    }
    return request.getRemoteUser();
  }

  private static boolean isOf(ServletRequest request, String packagePrefix) {
    return request.getClass().getName().startsWith(packagePrefix);
  }
}
