package dev.engram.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code connect}, which the application or the connection itself calls. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object connection, @Advice.FieldValue("connected") boolean connected) {
    return connected ? null : HttpUrlConnectionCapture.began(connection);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object attempts,
      @Advice.This Object connection,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (attempts != null && thrown != null) {
      HttpUrlConnectionCapture.connectFailed(attempts, connection, thrown);
    }
  }
}
