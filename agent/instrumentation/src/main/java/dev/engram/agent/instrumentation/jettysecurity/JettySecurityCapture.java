package dev.engram.agent.instrumentation.jettysecurity;

import dev.engram.agent.core.http.ServedRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the user's name with the request of Jetty 12: it authenticates before there is a servlet,
 * so before there is a span. By method handles, because only one version of Jetty can be compiled
 * against.
 */
final class JettySecurityCapture {
  private static final Class<?> SUCCEEDED =
      JettyTypes.type("org.eclipse.jetty.security.AuthenticationState$Succeeded");
  private static final MethodHandle PRINCIPAL =
      JettyTypes.method(SUCCEEDED, "getUserPrincipal", MethodType.methodType(Principal.class));
  private static final MethodHandle SET_ATTRIBUTE =
      JettyTypes.method(
          JettyTypes.type("org.eclipse.jetty.server.Request"),
          "setAttribute",
          MethodType.methodType(Object.class, String.class, Object.class));

  private JettySecurityCapture() {}

  /** A request that is only challenged, or refused, has no user. */
  static void authenticated(Object request, Object state) throws Throwable {
    if (!SUCCEEDED.isInstance(state)) {
      return;
    }
    @Nullable Principal principal = (Principal) PRINCIPAL.invoke(state);
    String name = principal == null ? null : principal.getName();
    if (name != null) {
      Object unused = SET_ATTRIBUTE.invoke(request, ServedRequest.USER, (Object) name);
    }
  }
}
