package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Before a parameter of a prepared statement is set that is a stream, or may be one. SQL Server's
 * tables come third.
 */
public final class StreamParameterAdvice {
  private StreamParameterAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object statement,
      @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) @Nullable Object value,
      @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC, optional = true)
          @Nullable Object further) {
    SelectRetryCapture.parameter(statement, value);
    SelectRetryCapture.parameter(statement, further);
  }
}
