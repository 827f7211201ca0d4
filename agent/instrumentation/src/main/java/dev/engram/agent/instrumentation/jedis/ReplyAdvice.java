package dev.engram.agent.instrumentation.jedis;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the reading of a reply. */
public final class ReplyAdvice {
  private ReplyAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter(@Advice.This Object connection) {
    return connection;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object connection, @Advice.Thrown @Nullable Throwable thrown) {
    if (connection != null) {
      JedisCapture.replied(connection, thrown);
    }
  }
}
