package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** After {@code Connection.prepareStatement} and {@code prepareCall}. */
public final class PrepareAdvice {
  private PrepareAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object connection,
      @Advice.Argument(0) String sql,
      @Advice.Origin("#m") String method,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object statement,
      @Advice.Thrown @Nullable Throwable thrown) {
    PrepareCapture.prepared(connection, sql, method, statement, thrown);
  }
}
