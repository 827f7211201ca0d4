package dev.engram.agent.instrumentation.okhttp;

import net.bytebuddy.asm.Advice;

/** Before {@code Call.execute} and {@code Call.enqueue}, on the application's thread. */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object call) {
    OkHttpCapture.called(call);
  }
}
