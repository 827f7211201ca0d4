package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;

/** After the constructor of a consumer that all others end in. */
public final class NewConsumerAdvice {
  private NewConsumerAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object consumer, @Advice.Argument(0) Object config) {
    ConsumerCapture.created(consumer, config);
  }
}
