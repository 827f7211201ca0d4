package dev.engram.agent.instrumentation.springwebflux;

import net.bytebuddy.asm.Advice;

/** Before Spring looks for who handles an exception; versions order the arguments differently. */
public final class ExceptionAdvice {
  private ExceptionAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.AllArguments Object[] arguments) {
    SpringWebFluxCapture.thrown(arguments);
  }
}
