package dev.engram.agent.instrumentation.kafka;

import dev.engram.agent.record.AttributeKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's names for messages, and the values that Kafka gives some of them. */
final class KafkaAttributes {
  static final AttributeKey SYSTEM = AttributeKey.of("messaging.system");
  static final AttributeKey OPERATION_NAME = AttributeKey.of("messaging.operation.name");
  static final AttributeKey OPERATION_TYPE = AttributeKey.of("messaging.operation.type");
  static final AttributeKey TOPIC = AttributeKey.of("messaging.destination.name");
  static final AttributeKey PARTITION = AttributeKey.of("messaging.destination.partition.id");
  static final AttributeKey OFFSET = AttributeKey.of("messaging.kafka.offset");
  static final AttributeKey TOMBSTONE = AttributeKey.of("messaging.kafka.message.tombstone");
  static final AttributeKey GROUP = AttributeKey.of("messaging.consumer.group.name");
  static final AttributeKey CLIENT_ID = AttributeKey.of("messaging.client.id");
  static final AttributeKey BATCH_SIZE = AttributeKey.of("messaging.batch.message_count");

  static final String KAFKA = "kafka";
  static final String SEND = "send";
  static final String PROCESS = "process";

  /** The header that carries the trace. */
  static final String TRACEPARENT = "traceparent";

  private KafkaAttributes() {}

  /** What that header says, or null. */
  static @Nullable String traceparent(Headers headers) {
    Header header = headers.lastHeader(TRACEPARENT);
    byte[] value = header == null ? null : header.value();
    return value == null ? null : new String(value, StandardCharsets.US_ASCII);
  }
}
