package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After bytes of a response were written. */
public final class WriteAdvice {
  private WriteAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("t") @Nullable Object transaction,
      @Advice.Argument(0) byte[] bytes,
      @Advice.Argument(1) int from,
      @Advice.Argument(2) int count) {
    JdkHttpServerBodies.written(transaction, bytes, from, count);
  }
}
