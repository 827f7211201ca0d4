package dev.engram.agent.instrumentation.jettysecurity;

import dev.engram.agent.core.http.ServedRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The same as {@link JettySecurityCapture} for Jetty 10 and 11. */
final class OlderJettyCapture {
  private static final String SERVER = "org.eclipse.jetty.server.";
  private static final Class<?> USER = JettyTypes.type(SERVER + "Authentication$User");
  private static final Class<?> IDENTITY = JettyTypes.type(SERVER + "UserIdentity");
  private static final MethodHandle GET_IDENTITY =
      JettyTypes.method(USER, "getUserIdentity", MethodType.methodType(IDENTITY));
  private static final MethodHandle PRINCIPAL =
      JettyTypes.method(IDENTITY, "getUserPrincipal", MethodType.methodType(Principal.class));
  private static final Class<?> ATTRIBUTES = JettyTypes.type("org.eclipse.jetty.util.Attributes");
  private static final MethodHandle GET_ATTRIBUTES =
      JettyTypes.method(
          JettyTypes.type(SERVER + "Request"), "getAttributes", MethodType.methodType(ATTRIBUTES));
  private static final MethodHandle SET_ATTRIBUTE =
      JettyTypes.method(
          ATTRIBUTES,
          "setAttribute",
          MethodType.methodType(void.class, String.class, Object.class));

  private OlderJettyCapture() {}

  /** A request that is only challenged, refused, or to be asked about later, has no user. */
  static void authenticated(Object request, Object authentication) throws Throwable {
    if (!USER.isInstance(authentication)) {
      return;
    }
    @Nullable Object identity = (Object) GET_IDENTITY.invoke(authentication);
    @Nullable Principal principal =
        identity == null ? null : (Principal) PRINCIPAL.invoke(identity);
    if (principal != null && principal.getName() != null) {
      // The request's own setAttribute calls the application's listeners.
      Object attributes = (Object) GET_ATTRIBUTES.invoke(request);
      SET_ATTRIBUTE.invoke(attributes, ServedRequest.USER, (Object) principal.getName());
    }
  }
}
