package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.capture.Thrown;
import jakarta.servlet.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The status with which a container answers what escapes to it. It decides that only after the last
 * advice has run, and what is the client's fault is no 500: half a body, chunks that are none.
 * Thread-safe.
 */
final class JakartaFailure {
  private static final String TOMCAT_BAD_REQUEST = "org.apache.coyote.BadRequestException";
  private static final String TOMCAT_BAD_PARAMETER =
      "org.apache.tomcat.util.http.InvalidParameterException";
  private static final String JETTY = "org.eclipse.jetty.http.HttpException";
  private static final int MAX_CAUSES = 16;

  private JakartaFailure() {}

  /**
   * @param set the status that the response has so far
   */
  static int status(Throwable thrown, int set) {
    if (thrown instanceof UnavailableException unavailable) {
      return unavailable.isPermanent() ? 404 : 503;
    }
    Throwable failure = JakartaExchange.unwrapped(thrown);
    if (isA(failure, TOMCAT_BAD_REQUEST)) {
      return 400;
    }
    int told = isA(failure, TOMCAT_BAD_PARAMETER) ? tomcat(failure) : jetty(thrown);
    return told > 0 ? told : Math.max(500, set);
  }

  private static int tomcat(Throwable failure) {
    return code(failure, failure.getClass(), "getErrorCode");
  }

  /** Jetty looks for an exception with a status among the causes; 0 when there is none. */
  private static int jetty(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      Class<?> type = jettyType(cause.getClass());
      if (type != null) {
        return code(cause, type, "getCode");
      }
      cause = Thrown.cause(cause);
    }
    return 0;
  }

  /** The interface that tells the status; the class that implements it may be nobody's to ask. */
  private static @Nullable Class<?> jettyType(Class<?> thrown) {
    for (Class<?> type = thrown; type != null; type = type.getSuperclass()) {
      for (Class<?> each : type.getInterfaces()) {
        if (each.getName().equals(JETTY)) {
          return each;
        }
      }
    }
    return null;
  }

  private static boolean isA(Throwable thrown, String name) {
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** 0 when it cannot be asked. */
  private static int code(Throwable thrown, Class<?> type, String method) {
    try {
      return type.getMethod(method).invoke(thrown) instanceof Integer status ? status : 0;
    } catch (ReflectiveOperationException | RuntimeException untold) {
      return 0;
    }
  }
}
