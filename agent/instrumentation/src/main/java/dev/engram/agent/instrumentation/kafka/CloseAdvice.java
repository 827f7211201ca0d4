package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;

/** Before a consumer is closed: what was polled is handled. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object consumer) {
    ConsumerCapture.handled(consumer);
  }
}
