package dev.engram.agent.instrumentation.springsecurity;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ServedRequest;
import dev.engram.agent.record.AttributeKey;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;

/** Tells the span of the thread's request its user, once, from what is at hand. */
final class SpringSecurityCapture {
  private static final String OWN = "org.springframework.security.";

  /** While a principal is asked for its name, which may look at the context itself. */
  private static final ThreadLocal<Boolean> ASKING = new ThreadLocal<>();

  private SpringSecurityCapture() {}

  static void told(Authentication authentication) {
    OpenSpan span = ServedRequest.lackingUser();
    if (span == null || ASKING.get() != null) {
      return;
    }
    ASKING.set(true);
    try {
      String user = user(authentication);
      if (user != null && !user.isEmpty()) {
        span.put(AttributeKey.USER_ID, user);
      }
    } finally {
      ASKING.remove();
    }
  }

  private static @Nullable String user(Authentication authentication) {
    boolean known =
        authentication.isAuthenticated()
            && !(authentication instanceof AnonymousAuthenticationToken);
    return known && hasName(authentication.getPrincipal()) ? authentication.getName() : null;
  }

  /** Of other objects Spring Security takes {@code toString}, which may do anything. */
  private static boolean hasName(@Nullable Object principal) {
    return principal instanceof String
        || principal instanceof UserDetails
        || principal instanceof AuthenticatedPrincipal
        || principal instanceof Principal
        || (principal != null && principal.getClass().getName().startsWith(OWN));
  }
}
