package dev.engram.agent.instrumentation.jakartabody;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What lies below the readers and writers of containers, asked for by name: the versions of Jetty
 * and Undertow that may be met have no type in common. Null where a container has nothing of the
 * kind; an exception where it is not what it was, which costs no more than the content.
 */
final class JakartaContainers {
  private static final String JETTY = "org.eclipse.jetty.";
  private static final String UNDERTOW = "io.undertow.";
  private static final String TOMCAT_WRITER = "org.apache.catalina.connector.CoyoteWriter";
  private static final String UNDERTOW_WRITER =
      "io.undertow.servlet.spec.ServletPrintWriterDelegate";

  /**
   * Of Jetty 12, in the rooms of each API version; older ones are the streams' owners themselves.
   */
  private static final String JETTY_REQUEST = ".servlet.ServletApiRequest";

  private static final String JETTY_RESPONSE = ".servlet.ServletApiResponse";

  private JakartaContainers() {}

  /** The stream that a reader reads, where the request's own is not asked for it. */
  static @Nullable Object belowReader(Object request) {
    String type = request.getClass().getName();
    try {
      if (type.startsWith(JETTY) && type.contains(JETTY_REQUEST)) {
        return call(call(request, "getServletRequestInfo"), "getHttpInput");
      }
      return type.startsWith(UNDERTOW)
          ? call(call(request, "getExchange"), "getInputStream")
          : null;
    } catch (ReflectiveOperationException unknownVersion) {
      return null;
    }
  }

  /** The stream into which a writer writes all it is given at once: Jetty's. */
  static @Nullable Object streamBelowWriter(Object response) {
    String type = response.getClass().getName();
    if (!type.startsWith(JETTY)) {
      return null;
    }
    try {
      Object owner = type.contains(JETTY_RESPONSE) ? call(response, "getServletChannel") : response;
      return call(owner, "getHttpOutput");
    } catch (ReflectiveOperationException unknownVersion) {
      return null;
    }
  }

  /** The object that takes a writer's characters, where it is one of those that are hooked. */
  static @Nullable Object encoderOf(Object writer) {
    String type = writer.getClass().getName();
    if (type.equals(TOMCAT_WRITER)) {
      return writer;
    }
    if (!type.equals(UNDERTOW_WRITER)) {
      return null;
    }
    try {
      Field encoder = writer.getClass().getDeclaredField("servletPrintWriter");
      encoder.setAccessible(true);
      return encoder.get(writer);
    } catch (ReflectiveOperationException | RuntimeException unknownVersion) {
      return null;
    }
  }

  private static @Nullable Object call(@Nullable Object owner, String getter)
      throws ReflectiveOperationException {
    return owner == null ? null : owner.getClass().getMethod(getter).invoke(owner);
  }
}
