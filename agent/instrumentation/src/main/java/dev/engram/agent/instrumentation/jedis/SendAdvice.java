package dev.engram.agent.instrumentation.jedis;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the sending of a command, which may only fill a buffer. */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object connection,
      @Advice.FieldValue("socketFactory") @Nullable Object socketFactory,
      @Advice.Argument(0) Object arguments) {
    return JedisCapture.sending(connection, socketFactory, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object connection,
      @Advice.Enter @Nullable Object sending,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (sending != null) {
      JedisCapture.sent(connection, sending, thrown);
    }
  }
}
