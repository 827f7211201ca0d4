package dev.engram.agent.instrumentation.springsecurity;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** After {@code SecurityContextImpl.setAuthentication}, which sets a field. */
public final class AuthenticatedAdvice {
  private AuthenticatedAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) @Nullable Authentication authentication) {
    if (authentication != null) {
      SpringSecurityCapture.told(authentication);
    }
  }
}
