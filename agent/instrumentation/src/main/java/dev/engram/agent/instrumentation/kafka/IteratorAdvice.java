package dev.engram.agent.instrumentation.kafka;

import java.util.Iterator;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After an iterator over all records of a poll was made. */
public final class IteratorAdvice {
  private IteratorAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Iterator<?> exit(
      @Advice.This Object consumerRecords, @Advice.Return @Nullable Iterator<?> iterator) {
    return iterator == null ? null : ConsumerCapture.iterator(consumerRecords, iterator);
  }
}
