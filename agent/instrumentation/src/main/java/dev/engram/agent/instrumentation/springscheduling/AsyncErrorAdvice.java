package dev.engram.agent.instrumentation.springscheduling;

import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;

/** Before Spring handles what an asynchronous method has thrown. */
public final class AsyncErrorAdvice {
  private AsyncErrorAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) Throwable thrown, @Advice.Argument(1) Method method) {
    SpringSchedulingCapture.asynchronous(thrown, method);
  }
}
