package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a byte of a request was read. */
public final class ReadByteAdvice {
  private ReadByteAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("t") @Nullable Object transaction, @Advice.Return int read) {
    if (read >= 0) {
      JdkHttpServerBodies.read(transaction, read);
    }
  }
}
