package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a poll: what was polled before is handled, what comes now is to be. */
public final class PollAdvice {
  private PollAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object consumer) {
    ConsumerCapture.handled(consumer);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object consumer, @Advice.Return @Nullable Object consumerRecords) {
    if (consumerRecords != null) {
      ConsumerCapture.polled(consumer, consumerRecords);
    }
  }
}
