package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code Statement.execute(String)} and {@code executeQuery(String)}, which may run again.
 */
public final class SelectRetryAdvice {
  private SelectRetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object statement) {
    return SelectRetryCapture.enter(statement);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.This Object statement,
      @Advice.Argument(0) String sql,
      @Advice.Enter @Nullable Object begun,
      @Advice.Thrown @Nullable Throwable thrown) {
    return SelectRetryCapture.exit(statement, sql, begun, thrown);
  }
}
