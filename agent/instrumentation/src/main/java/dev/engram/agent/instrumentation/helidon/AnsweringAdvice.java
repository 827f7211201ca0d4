package dev.engram.agent.instrumentation.helidon;

import net.bytebuddy.asm.Advice;

/** Whenever Helidon asks with which status an exception is answered. */
public final class AnsweringAdvice {
  private AnsweringAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return Object status) throws Throwable {
    HelidonCapture.answering(status);
  }
}
