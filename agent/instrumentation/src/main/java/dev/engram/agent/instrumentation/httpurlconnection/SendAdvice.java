package dev.engram.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the writing of a request's headers; what the application set is added inside. */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object connection,
      @Advice.FieldValue("requests") @Nullable Object headers,
      @Advice.FieldValue("poster") @Nullable Object written)
      throws Throwable {
    return headers == null ? null : HttpUrlConnectionCapture.sending(connection, headers, written);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object attempts, @Advice.Thrown @Nullable Throwable thrown) {
    if (attempts != null && thrown != null) {
      HttpUrlConnectionCapture.failed(attempts, thrown);
    }
  }
}
