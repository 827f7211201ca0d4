package dev.engram.agent.instrumentation.javalin;

import net.bytebuddy.asm.Advice;

/** Before a handler that matched the path of a request. */
public final class MatchedAdvice {
  private MatchedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("endpoint") Object endpoint, @Advice.Argument(0) Object context)
      throws Throwable {
    JavalinCapture.matched(context, endpoint);
  }
}
