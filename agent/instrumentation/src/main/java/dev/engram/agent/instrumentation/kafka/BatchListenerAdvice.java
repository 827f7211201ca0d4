package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the handling of all records of a poll by a listener of Spring's. */
public final class BatchListenerAdvice {
  private BatchListenerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("consumer") @Nullable Object consumer,
      @Advice.Argument(0) Object consumerRecords) {
    return ListenerCapture.handlingAll(consumer, consumerRecords);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object span, @Advice.Thrown @Nullable Throwable thrown) {
    if (span != null) {
      ListenerCapture.handled(span, thrown);
    }
  }
}
