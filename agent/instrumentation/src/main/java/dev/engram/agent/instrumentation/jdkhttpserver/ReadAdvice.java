package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After bytes of a request were read. */
public final class ReadAdvice {
  private ReadAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("t") @Nullable Object transaction,
      @Advice.Argument(0) byte[] bytes,
      @Advice.Argument(1) int from,
      @Advice.Return int count) {
    if (count > 0) {
      JdkHttpServerBodies.read(transaction, bytes, from, count);
    }
  }
}
