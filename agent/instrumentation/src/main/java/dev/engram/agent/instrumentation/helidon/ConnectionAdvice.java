package dev.engram.agent.instrumentation.helidon;

import net.bytebuddy.asm.Advice;

/** After all requests of a connection, of which the last may have left the routing unanswered. */
public final class ConnectionAdvice {
  private ConnectionAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit() {
    HelidonCapture.closed();
  }
}
