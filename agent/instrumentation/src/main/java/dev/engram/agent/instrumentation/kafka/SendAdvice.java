package dev.engram.agent.instrumentation.kafka;

import net.bytebuddy.asm.Advice;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/** Around the sending of a record: how it ends is told to the callback. */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
  public static @Nullable Callback enter(
      @Advice.Argument(0) @Nullable Object producerRecord,
      @Advice.Argument(1) @Nullable Callback callback,
      @Advice.FieldValue("clientId") @Nullable String clientId) {
    return producerRecord == null ? null : SentRecord.send(producerRecord, callback, clientId);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Callback sent, @Advice.Thrown @Nullable Throwable thrown) {
    if (sent != null && thrown != null) {
      SentRecord.notSent(sent, thrown);
    }
  }
}
