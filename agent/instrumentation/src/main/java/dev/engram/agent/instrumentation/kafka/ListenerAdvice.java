package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the handling of one record by a listener of Spring's. */
public final class ListenerAdvice {
  private ListenerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("consumer") @Nullable Object consumer,
      @Advice.Argument(0) Object consumerRecord) {
    return ListenerCapture.handling(consumer, consumerRecord);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object span, @Advice.Thrown @Nullable Throwable thrown) {
    if (span != null) {
      ListenerCapture.handled(span, thrown);
    }
  }
}
