package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a byte of a response was written. */
public final class WriteByteAdvice {
  private WriteByteAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("t") @Nullable Object transaction, @Advice.Argument(0) int value) {
    JdkHttpServerBodies.written(transaction, value);
  }
}
