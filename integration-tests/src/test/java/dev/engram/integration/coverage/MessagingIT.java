package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is sent is a PRODUCER span below the request that sends it, and its handling elsewhere a
 * CONSUMER span of the same trace, below which everything is that the handler does.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class MessagingIT {
  /** The trace of records that the application gave one itself. */
  private static final String OWN = "11111111111111111111111111111111";

  /** What the applications send, as keys and in values. */
  private static final String SECRET = "s3cret";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  MessagingFixture messaging;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(MessagingFixture.all(), MessagingFixture::fixture);
  }

  @Test
  void handling_belongsToTheTraceOfTheSender() throws IOException {
    Child service = messaging.fixture().start(rig, jdk, "-Xmx512m");
    Traffic traffic = Traffic.toApplication(service);
    String traceId = Traffic.newTraceId();
    Map<String, String> answers = new LinkedHashMap<>();
    for (String path : messaging.spans().keySet()) {
      Answer answer = traffic.send(traceId, "GET", path, BodyPublishers.noBody());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      answers.put(path, answer.body());
    }
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    Trace trace = memory.trace(traceId);
    assertSpans(trace, answers);
    int expected = messaging.spans().values().stream().mapToInt(List::size).sum();
    List<JsonNode> spans = trace.spans("messaging");
    assertThat(spans).hasSize(expected).allSatisfy(MessagingIT::assertDescribed);
    assertThat(trace.toString()).doesNotContain(SECRET);
    if (answers.containsKey("/own")) {
      assertThat(answers.get("/own")).startsWith("00-" + OWN);
      assertThat(memory.trace(OWN).spans("messaging"))
          .extracting(MessagingIT::told)
          .containsExactly("consumer process by-iterator", "producer send handled");
    }
    Coverage.ran("Messaging", messaging.fixture(), jdk, expected, spans);
  }

  /** One trace holds all requests, in the order in which they were made. */
  private void assertSpans(Trace trace, Map<String, String> answers) {
    for (JsonNode request : trace.spans("http")) {
      String path = request.path("attributes").path("url.path").asText();
      List<String> told = new ArrayList<>();
      tellBelow(request, trace.spans("messaging"), "", told);
      assertThat(told)
          .as("spans of " + path)
          .containsExactlyElementsOf(messaging.spans().get(path));
      if (answers.get(path).startsWith("00-") && !path.equals("/own")) {
        assertThat(trace.spans("messaging"))
            .as("who sent what the handler of " + path + " received")
            .anyMatch(span -> answers.get(path).contains(span.path("span_id").asText()));
      }
    }
  }

  private static void tellBelow(
      JsonNode parent, List<JsonNode> spans, String indent, List<String> told) {
    for (JsonNode span : spans) {
      if (span.path("parent_span_id").equals(parent.path("span_id"))) {
        told.add(indent + told(span));
        tellBelow(span, spans, indent + "  ", told);
      }
    }
  }

  private static String told(JsonNode span) {
    String error = span.path("attributes").path("error.type").asText();
    String kind = span.path("kind").asText().toLowerCase(Locale.ROOT);
    return (kind + " " + span.path("name").asText() + " " + error).strip();
  }

  private static void assertDescribed(JsonNode span) {
    JsonNode attributes = span.path("attributes");
    String topic = attributes.path("messaging.destination.name").asText();
    String operation = attributes.path("messaging.operation.name").asText();
    boolean sends = operation.equals("send");
    assertThat(attributes.path("messaging.system").asText()).isEqualTo("kafka");
    assertThat(span.path("name").asText()).isEqualTo(operation + " " + topic);
    assertThat(attributes.path("messaging.client.id").asText())
        .startsWith(sends ? "shop-out" : "shop-in-" + topic);
    assertThat(attributes.path("messaging.consumer.group.name").asText())
        .isEqualTo(sends ? "" : "shop");
    if (topic.equals("batches") && !sends) {
      assertThat(attributes.path("messaging.batch.message_count").asInt()).isEqualTo(1);
    } else if (!sends || attributes.path("error.type").isMissingNode()) {
      assertThat(attributes.path("messaging.destination.partition.id").asText()).isEqualTo("0");
      assertThat(attributes.path("messaging.kafka.offset").asLong(-1)).isNotNegative();
    }
  }
}
