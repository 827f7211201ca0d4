package dev.engram.agent.instrumentation.kafka;

import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After the records of a partition were asked for. */
public final class RecordListAdvice {
  private RecordListAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable List<?> exit(
      @Advice.This Object consumerRecords, @Advice.Return @Nullable List<?> list) {
    return list == null ? null : ConsumerCapture.list(consumerRecords, list);
  }
}
