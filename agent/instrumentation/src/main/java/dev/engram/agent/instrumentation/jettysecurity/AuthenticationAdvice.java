package dev.engram.agent.instrumentation.jettysecurity;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code Request.setAuthentication} of Jetty 10 and 11. */
public final class AuthenticationAdvice {
  private AuthenticationAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object request, @Advice.Argument(0) @Nullable Object authentication)
      throws Throwable {
    if (authentication != null) {
      OlderJettyCapture.authenticated(request, authentication);
    }
  }
}
