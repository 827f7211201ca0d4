package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around {@code DataSource.getConnection} and {@code Driver.connect}. */
public final class AcquisitionAdvice {
  private AcquisitionAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object source, @Advice.Origin("#m") String method) {
    return AcquisitionCapture.enter(source, method);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object source,
      @Advice.Origin("#m") String method,
      @Advice.Enter @Nullable Object waited,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object connection,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (waited != null) {
      AcquisitionCapture.exit(waited, source, method, connection, thrown);
    }
  }
}
