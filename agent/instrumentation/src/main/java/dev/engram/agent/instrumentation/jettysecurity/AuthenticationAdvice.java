package dev.engram.agent.instrumentation.jettysecurity;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before {@code Request.setAuthentication} of Jetty 10 and 11. */
public final class AuthenticationAdvice {
  private AuthenticationAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object request, @Advice.Argument(0) @Nullable Object authentication)
      throws Throwable {
    if (authentication != null) {
      OlderJettyCapture.authenticated(request, authentication);
    }
  }
}
