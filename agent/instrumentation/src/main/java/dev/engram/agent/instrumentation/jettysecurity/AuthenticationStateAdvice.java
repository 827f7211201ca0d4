package dev.engram.agent.instrumentation.jettysecurity;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before {@code AuthenticationState.setAuthenticationState}. */
public final class AuthenticationStateAdvice {
  private AuthenticationStateAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) Object request, @Advice.Argument(1) @Nullable Object state)
      throws Throwable {
    if (state != null) {
      JettySecurityCapture.authenticated(request, state);
    }
  }
}
