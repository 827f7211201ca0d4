package dev.engram.agent.instrumentation.springsecurity;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** After {@code SecurityContextImpl.getAuthentication}, which returns a field. */
public final class AuthenticationAdvice {
  private AuthenticationAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return @Nullable Authentication authentication) {
    if (authentication != null) {
      SpringSecurityCapture.told(authentication);
    }
  }
}
