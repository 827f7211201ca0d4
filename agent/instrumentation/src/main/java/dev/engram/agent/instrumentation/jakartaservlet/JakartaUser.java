package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.http.ServedRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who a request is made for, where asking costs nothing. Jetty and Spring Security are not asked:
 * they may leave the question until somebody asks it, and would then ask a directory, a database or
 * a session store in the name of the agent. They tell by themselves what somebody else has asked.
 */
final class JakartaUser {
  private static final String JETTY = "org.eclipse.jetty.";
  private static final String SPRING_SECURITY = "org.springframework.security.";

  private JakartaUser() {}

  /** Null when nobody has been told apart, or that is not at hand. Never throws. */
  static @Nullable String of(HttpServletRequest request) {
    try {
      return request.getAttribute(ServedRequest.USER) instanceof String user
          ? user
          : asksOthers(request) ? null : request.getRemoteUser();
    } catch (RuntimeException | LinkageError notKnown) {
      return null;
    }
  }

  private static boolean asksOthers(HttpServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      if (isOf(inner, SPRING_SECURITY)) {
        return true;
      }
      inner = wrapper.getRequest();
    }
    return isOf(inner, JETTY);
  }

  private static boolean isOf(ServletRequest request, String packagePrefix) {
    return request.getClass().getName().startsWith(packagePrefix);
  }
}
