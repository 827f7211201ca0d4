package dev.engram.agent.instrumentation.kafka;

import dev.engram.agent.core.capture.Handover;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the broker, in front of the callback that the application gave with it.
 * The application's callback runs on the producer's thread, below the span in which it was given.
 */
final class SentRecord implements Callback {
  private static final String SITE = "org.apache.kafka.clients.producer.KafkaProducer#send";

  private final OpenSpan span;
  private final @Nullable OpenSpan parent;
  private final @Nullable Callback callback;

  private SentRecord(OpenSpan span, @Nullable OpenSpan parent, @Nullable Callback callback) {
    this.span = span;
    this.parent = parent;
    this.callback = callback;
  }

  /** The callback to use, or null when capture is off. */
  static @Nullable Callback send(
      Object producerRecord, @Nullable Callback callback, @Nullable String clientId) {
    ProducerRecord<?, ?> sent = (ProducerRecord<?, ?>) producerRecord;
    OpenSpan parent = Tracing.current();
    OpenSpan span =
        Tracing.openBelow(
            parent,
            SpanKind.PRODUCER,
            Category.MESSAGING,
            KafkaAttributes.SEND + " " + sent.topic());
    if (span == null) {
      return null;
    }
    span.put(KafkaAttributes.SYSTEM, KafkaAttributes.KAFKA)
        .put(KafkaAttributes.OPERATION_NAME, KafkaAttributes.SEND)
        .put(KafkaAttributes.OPERATION_TYPE, KafkaAttributes.SEND)
        .put(KafkaAttributes.TOPIC, sent.topic())
        .put(KafkaAttributes.CLIENT_ID, clientId);
    if (sent.value() == null) {
      span.put(KafkaAttributes.TOMBSTONE, true);
    }
    carry(span, sent.headers());
    return new SentRecord(span, parent, callback);
  }

  static void notSent(Callback sent, Throwable thrown) {
    ((SentRecord) sent).end(null, thrown);
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    end(metadata, exception);
    Callback given = callback;
    if (given == null) {
      return;
    }
    OpenSpan below = parent;
    if (below == null) {
      given.onCompletion(metadata, exception);
    } else {
      Handover.carrying(below, () -> given.onCompletion(metadata, exception)).run();
    }
  }

  private void end(@Nullable RecordMetadata metadata, @Nullable Throwable thrown) {
    if (thrown != null) {
      span.fail(thrown, ExceptionOrigin.ESCAPED, SITE);
    } else if (metadata != null) {
      span.put(KafkaAttributes.PARTITION, Integer.toString(metadata.partition()));
      if (metadata.hasOffset()) {
        span.put(KafkaAttributes.OFFSET, metadata.offset());
      }
    }
    span.end();
  }

  /**
   * What the application, another agent or an earlier send has put there is left as it is, unless
   * it was copied from the record that is handled.
   */
  private static void carry(OpenSpan span, Headers headers) {
    String existing = KafkaAttributes.traceparent(headers);
    if (existing != null && !span.cameWith(existing)) {
      return;
    }
    byte[] header = span.traceparent().getBytes(StandardCharsets.US_ASCII);
    try {
      headers.remove(KafkaAttributes.TRACEPARENT).add(KafkaAttributes.TRACEPARENT, header);
    } catch (IllegalStateException readOnly) {
      // It was sent before, by a producer that was not hooked: it carries nothing.
    }
  }
}
