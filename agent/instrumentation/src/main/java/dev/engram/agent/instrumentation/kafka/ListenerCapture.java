package dev.engram.agent.instrumentation.kafka;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.record.ExceptionOrigin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** Around a listener of Spring's, on the container's thread. */
final class ListenerCapture {
  private static final String WRAPPER =
      "org.springframework.kafka.listener.ListenerExecutionFailedException";
  private static final String SITE = "org.springframework.kafka.listener.MessageListener#onMessage";

  private ListenerCapture() {}

  /** What {@link #handled} must be given, or null when capture is off. */
  static @Nullable Object handling(@Nullable Object consumer, Object consumerRecord) {
    return entered(ConsumerCapture.poller(consumer).open((ConsumerRecord<?, ?>) consumerRecord));
  }

  /** As {@link #handling}, for all records of a poll. */
  static @Nullable Object handlingAll(@Nullable Object consumer, Object consumerRecords) {
    return entered(ConsumerCapture.poller(consumer).open((ConsumerRecords<?, ?>) consumerRecords));
  }

  static void handled(Object span, @Nullable Throwable thrown) {
    OpenSpan ended = (OpenSpan) span;
    ended.leave();
    if (thrown != null) {
      ended.fail(unwrapped(thrown), ExceptionOrigin.ESCAPED, SITE);
    }
    ended.end();
  }

  private static @Nullable OpenSpan entered(@Nullable OpenSpan span) {
    return span == null ? null : span.enter();
  }

  /** What the listener threw; the container says around it where that was. */
  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = Thrown.cause(thrown);
    return cause != null && thrown.getClass().getName().equals(WRAPPER) ? cause : thrown;
  }
}
