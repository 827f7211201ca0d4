package dev.engram.integration.coverage;

import dev.engram.integration.harness.Fixture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An application that sends messages and handles them.
 *
 * @param spans path of each route, in order, to the spans that its request leads to: kind, name and
 *     error's type, each below the last that is indented less
 */
record MessagingFixture(Fixture fixture, Map<String, List<String>> spans) {
  private static final String ERRORS = "org.apache.kafka.common.errors.";

  /** The latest version of each last. */
  static List<MessagingFixture> all() {
    return List.of(
        kafka("3.9.2"), kafka("4.4.0"), spring("3.3.16", "3.9.2"), spring("4.1.2", "4.2.2"));
  }

  private static MessagingFixture kafka(String version) {
    Map<String, List<String>> spans = new LinkedHashMap<>();
    for (String topic : List.of("by-iterator", "by-partition", "by-topic", "left")) {
      spans.put("/" + topic, handled(topic));
    }
    spans.put("/own", List.of("producer send by-iterator"));
    spans.put("/callback", List.of("producer send handled", "producer send handled"));
    spans.put("/too-large", List.of("producer send handled " + ERRORS + "RecordTooLargeException"));
    spans.put(
        "/unserializable", List.of("producer send handled " + ERRORS + "SerializationException"));
    return new MessagingFixture(fixture("Kafka clients", version, "kafka", version), spans);
  }

  private static MessagingFixture spring(String version, String kafka) {
    Map<String, List<String>> spans = new LinkedHashMap<>();
    spans.put("/records", handled("records"));
    spans.put("/batches", handled("batches"));
    spans.put(
        "/failing",
        List.of(
            "producer send failing", "  consumer process failing java.lang.IllegalStateException"));
    String library = "org.springframework.kafka:spring-kafka:" + version;
    return new MessagingFixture(
        fixture("Spring Kafka", version, "spring-kafka", kafka, library), spans);
  }

  private static List<String> handled(String topic) {
    return List.of(
        "producer send " + topic, "  consumer process " + topic, "    producer send handled");
  }

  private static Fixture fixture(
      String framework, String version, String sources, String kafka, String... libraries) {
    List<String> coordinates = new ArrayList<>(List.of(libraries));
    coordinates.add(0, "org.slf4j:slf4j-nop:2.0.17");
    coordinates.add("org.apache.kafka:kafka-clients:" + kafka);
    coordinates.add("org.apache.kafka:kafka_2.13:" + kafka);
    coordinates.add("ch.qos.reload4j:reload4j:1.2.26");
    return Fixture.of(framework, version, sources, coordinates.toArray(String[]::new))
        .with("kafka-broker")
        .with("handled")
        .with("routes");
  }

  @Override
  public String toString() {
    return fixture.toString();
  }
}
