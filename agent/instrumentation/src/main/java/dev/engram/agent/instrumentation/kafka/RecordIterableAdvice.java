package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After the records of a topic were asked for. */
public final class RecordIterableAdvice {
  private RecordIterableAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Iterable<?> exit(
      @Advice.This Object consumerRecords, @Advice.Return @Nullable Iterable<?> iterable) {
    return iterable == null ? null : ConsumerCapture.iterable(consumerRecords, iterable);
  }
}
