package dev.engram.agent.instrumentation.decisions;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** After a method that decides has returned. */
public final class DecisionAdvice {
  private DecisionAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m#s") String signature,
      @Advice.AllArguments @Nullable Object[] arguments,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned) {
    DecisionCapture.returned(type, signature, arguments, returned);
  }
}
