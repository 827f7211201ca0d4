package dev.engram.agent.instrumentation.kafka;

import dev.engram.agent.core.attach.Attachments;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** Follows the records of a poll to the loop that handles them. */
final class ConsumerCapture {
  /** Kafka Streams goes through what it polls only to sort it. */
  private static final String STREAMS = "org.apache.kafka.streams.";

  private static final Attachments<Poller> CONSUMERS = new Attachments<>();
  private static final Attachments<Poller> POLLED = new Attachments<>();

  private ConsumerCapture() {}

  static void created(Object consumer, Object config) {
    ConsumerConfig settings = (ConsumerConfig) config;
    CONSUMERS.put(
        consumer,
        new Poller(
            settings.getString(ConsumerConfig.GROUP_ID_CONFIG),
            settings.getString(ConsumerConfig.CLIENT_ID_CONFIG)));
  }

  /** Who polls with this consumer; its name is unknown where it was made before it was hooked. */
  static Poller poller(@Nullable Object consumer) {
    Poller known = consumer == null ? null : CONSUMERS.get(consumer);
    return known == null ? Poller.UNKNOWN : known;
  }

  static void polled(Object consumer, Object consumerRecords) {
    if (!((ConsumerRecords<?, ?>) consumerRecords).isEmpty() && !isStreams()) {
      POLLED.put(consumerRecords, poller(consumer));
    }
  }

  /** Whatever this consumer's thread had not handled to its end. */
  static void handled(Object consumer) {
    poller(consumer).handled();
  }

  /** A listener will say itself what it handles. */
  static void handledByListener(Object consumerRecords) {
    POLLED.remove(consumerRecords);
  }

  /** What to go through in its place, or null for the iterator itself. */
  static @Nullable Iterator<?> iterator(Object consumerRecords, Iterator<?> iterator) {
    Poller poller = POLLED.get(consumerRecords);
    return poller == null ? null : new HandledRecords(iterator, poller);
  }

  /** As {@link #iterator}. */
  static @Nullable List<?> list(Object consumerRecords, List<?> list) {
    Poller poller = POLLED.get(consumerRecords);
    return poller == null || list.isEmpty() ? null : new HandledList(list, poller);
  }

  /** As {@link #iterator}. */
  static @Nullable Iterable<?> iterable(Object consumerRecords, Iterable<?> iterable) {
    Poller poller = POLLED.get(consumerRecords);
    if (poller == null) {
      return null;
    }
    Iterable<Object> handled = () -> new HandledRecords(iterable.iterator(), poller);
    return handled;
  }

  private static boolean isStreams() {
    return Thread.currentThread().getClass().getName().startsWith(STREAMS);
  }
}
