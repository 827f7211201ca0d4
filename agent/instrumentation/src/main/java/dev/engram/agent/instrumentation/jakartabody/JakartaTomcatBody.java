package dev.engram.agent.instrumentation.jakartabody;

import dev.engram.agent.core.http.Body;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import org.apache.coyote.Request;
import org.jspecify.annotations.Nullable;

/** The body of a request to Tomcat, a buffer at a time. */
final class JakartaTomcatBody {
  /** Under which note the connector keeps the servlet request of its own request. */
  private static final int SERVLET_REQUEST = 1;

  private JakartaTomcatBody() {}

  /**
   * @param request the connector's
   * @param bytes what was read, whoever asked for it
   */
  static void filled(@Nullable Object request, @Nullable ByteBuffer bytes) {
    if (bytes != null
        && request instanceof Request connectorRequest
        && connectorRequest.getNote(SERVLET_REQUEST) instanceof HttpServletRequest servletRequest) {
      Body body = JakartaBodyCapture.bodyOf(servletRequest);
      if (body != null) {
        body.add(bytes);
      }
    }
  }
}
