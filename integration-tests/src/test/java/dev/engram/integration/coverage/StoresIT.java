package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of a store is a CLIENT span below the request that made it, and tells no value. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class StoresIT {
  /** What the applications store, under keys and in values. */
  private static final String SECRET = "s3cret";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  StoreFixture store;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(StoreFixture.all(), StoreFixture::fixture);
  }

  @Test
  void everyCall_isASpan_withoutValues() throws IOException {
    Child service = store.fixture().start(rig, jdk);
    Traffic traffic = Traffic.toApplication(service);
    String server = traffic.get("/server").body();
    String traceId = Traffic.newTraceId();
    for (String path : store.calls().keySet()) {
      Answer answer = traffic.send(traceId, "GET", path, BodyPublishers.noBody());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
    service.stop();

    Trace trace = rig.memory(jdk).drain().trace(traceId);
    List<JsonNode> spans = trace.spans("db");
    assertCalls(trace, spans);
    assertThat(spans).allSatisfy(span -> assertServer(span, server));
    assertThat(trace.toString()).doesNotContain(SECRET);
    int expected = store.calls().values().stream().mapToInt(List::size).sum();
    assertThat(spans).as("calls below a request").hasSize(expected);
    Coverage.ran("Store", store.fixture(), jdk, expected, spans);
  }

  /** One trace holds all requests, in the order in which they were made. */
  private void assertCalls(Trace trace, List<JsonNode> spans) {
    for (JsonNode request : trace.spans("http")) {
      String path = request.path("attributes").path("url.path").asText();
      List<JsonNode> made =
          spans.stream()
              .filter(span -> span.path("parent_span_id").equals(request.path("span_id")))
              .toList();
      assertThat(made)
          .as("calls of " + path)
          .extracting(StoreCall::of)
          .containsExactlyElementsOf(store.calls().get(path));
      assertThat(made).allSatisfy(StoresIT::assertFailureIsMarked);
    }
  }

  private static void assertFailureIsMarked(JsonNode span) {
    boolean failed = !StoreCall.of(span).error().isEmpty();
    assertThat(span.path("status").asText()).isEqualTo(failed ? "error" : "unset");
  }

  private void assertServer(JsonNode span, String server) {
    JsonNode attributes = span.path("attributes");
    assertThat(span.path("kind").asText()).isEqualToIgnoringCase("client");
    assertThat(attributes.path("db.system.name").asText()).isEqualTo(store.system());
    assertThat(attributes.path("server.address").asText()).isEqualTo("127.0.0.1");
    if (!attributes.path("error.type").asText().endsWith("ConnectionException")) {
      assertThat("127.0.0.1:" + attributes.path("server.port").asText()).isEqualTo(server);
    }
  }
}
