package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Before Spring's container goes through what it polled, to find what its listener is to handle.
 */
public final class PolledForListenerAdvice {
  private PolledForListenerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) @Nullable Object consumerRecords) {
    if (consumerRecords != null) {
      ConsumerCapture.handledByListener(consumerRecords);
    }
  }
}
