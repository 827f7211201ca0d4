package dev.engram.agent.instrumentation.fallback;

import dev.engram.agent.core.remedy.Fallbacks;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a method that somebody has named; its exit may give an answer and take the failure. */
public final class FallbackAdvice {
  private FallbackAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m#s") String method,
      @Advice.Origin("#r") String returns,
      @Advice.This(optional = true) @Nullable Object target,
      @Advice.AllArguments @Nullable Object[] arguments) {
    return Fallbacks.begin(type, method, returns, target, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Assigner.Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object @Nullable [] exit(
      @Advice.Enter @Nullable Object begun,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object answer,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (begun == null) {
      return null;
    }
    if (thrown == null) {
      Fallbacks.succeeded(begun, answer);
      return null;
    }
    Object instead = Fallbacks.failed(begun, thrown);
    return instead == null ? null : new Object[] {instead, null};
  }
}
