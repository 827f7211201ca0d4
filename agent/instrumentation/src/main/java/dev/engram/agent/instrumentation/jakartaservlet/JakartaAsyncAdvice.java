package dev.engram.agent.instrumentation.jakartaservlet;

import jakarta.servlet.AsyncContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before {@code AsyncContext.start}: each container has another pool for it. */
public final class JakartaAsyncAdvice {
  private JakartaAsyncAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable Runnable enter(
      @Advice.This Object context, @Advice.Argument(0) Runnable work) {
    return JakartaServletCapture.carrying((AsyncContext) context, work);
  }
}
