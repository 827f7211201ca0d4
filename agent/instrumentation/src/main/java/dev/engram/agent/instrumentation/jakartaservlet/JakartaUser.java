package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.http.ServedRequest;
import dev.engram.agent.core.http.ServerExchange;
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
  private static final int MAX_WRAPPERS = 64;

  private JakartaUser() {}

  /** Says what is known by now, and not said before. Never throws. */
  static void tell(ServerExchange exchange, HttpServletRequest request) {
    try {
      exchange.lookForUser(request::getAttribute);
      if (exchange.lacksUser()) {
        exchange.user(of(request));
      }
    } catch (RuntimeException | LinkageError notKnown) {
      // A wrapper of the application, or a request that was recycled: nobody is told apart.
    }
  }

  /** Null when nobody has been told apart, or that is not at hand. */
  private static @Nullable String of(HttpServletRequest request) {
    return request.getAttribute(ServedRequest.USER) instanceof String user
        ? user
        : asksOthers(request) ? null : request.getRemoteUser();
  }

  /** Nor is one asked that nobody comes to the end of: a wrapper may say that it wraps itself. */
  private static boolean asksOthers(HttpServletRequest request) {
    ServletRequest inner = request;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      if (!(inner instanceof ServletRequestWrapper wrapper)) {
        return isOf(inner, JETTY);
      }
      if (isOf(inner, SPRING_SECURITY)) {
        return true;
      }
      inner = wrapper.getRequest();
    }
    return true;
  }

  private static boolean isOf(ServletRequest request, String packagePrefix) {
    return request.getClass().getName().startsWith(packagePrefix);
  }
}
