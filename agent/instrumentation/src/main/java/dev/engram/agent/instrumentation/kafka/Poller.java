package dev.engram.agent.instrumentation.kafka;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of one consumer have in common. A record is handled by one thread, the consumer's
 * own or not.
 */
final class Poller {
  static final Poller UNKNOWN = new Poller(null, null);

  private final @Nullable String group;
  private final @Nullable String clientId;
  private volatile @Nullable HandledRecords handling;

  Poller(@Nullable String group, @Nullable String clientId) {
    this.group = group;
    this.clientId = clientId;
  }

  /** The records that are gone through now. */
  void handling(HandledRecords records) {
    handling = records;
  }

  /** The thread polls again or is done, whatever it left half-way. */
  void handled() {
    HandledRecords last = handling;
    if (last != null) {
      last.leftBy(Thread.currentThread());
    }
  }

  /** The span of the handling of one record, which goes on with its sender's trace. */
  @Nullable OpenSpan open(ConsumerRecord<?, ?> consumed) {
    String sender = KafkaAttributes.traceparent(consumed.headers());
    OpenSpan span = open(KafkaAttributes.PROCESS + " " + consumed.topic(), sender);
    if (span == null) {
      return null;
    }
    span.put(KafkaAttributes.TOPIC, consumed.topic())
        .put(KafkaAttributes.PARTITION, Integer.toString(consumed.partition()))
        .put(KafkaAttributes.OFFSET, consumed.offset());
    if (consumed.value() == null) {
      span.put(KafkaAttributes.TOMBSTONE, true);
    }
    return span.begun();
  }

  /** The span of the handling of several at once; of their senders it can go on with one alone. */
  @Nullable OpenSpan open(ConsumerRecords<?, ?> consumed) {
    String topic = topic(consumed);
    String sender =
        consumed.count() == 1
            ? KafkaAttributes.traceparent(consumed.iterator().next().headers())
            : null;
    String name = KafkaAttributes.PROCESS + (topic == null ? "" : " " + topic);
    OpenSpan span = open(name, sender);
    if (span == null) {
      return null;
    }
    return span.put(KafkaAttributes.TOPIC, topic)
        .put(KafkaAttributes.BATCH_SIZE, consumed.count())
        .begun();
  }

  private @Nullable OpenSpan open(String name, @Nullable String sender) {
    OpenSpan span =
        sender == null
            ? Tracing.open(SpanKind.CONSUMER, Category.MESSAGING, name)
            : Tracing.openBelow(null, SpanKind.CONSUMER, Category.MESSAGING, name);
    if (span == null) {
      return null;
    }
    return span.continueFrom(sender)
        .put(KafkaAttributes.SYSTEM, KafkaAttributes.KAFKA)
        .put(KafkaAttributes.OPERATION_NAME, KafkaAttributes.PROCESS)
        .put(KafkaAttributes.OPERATION_TYPE, KafkaAttributes.PROCESS)
        .put(KafkaAttributes.GROUP, group)
        .put(KafkaAttributes.CLIENT_ID, clientId);
  }

  /** The only topic, or null when there are several. */
  private static @Nullable String topic(ConsumerRecords<?, ?> consumed) {
    String only = null;
    for (TopicPartition partition : consumed.partitions()) {
      if (only != null && !only.equals(partition.topic())) {
        return null;
      }
      only = partition.topic();
    }
    return only;
  }
}
