package dev.engram.integration.coverage;

import static dev.engram.integration.coverage.ModelTraffic.input;
import static dev.engram.integration.coverage.ModelTraffic.number;
import static dev.engram.integration.coverage.ModelTraffic.output;
import static dev.engram.integration.coverage.ModelTraffic.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each round trip to a model is one span with what was asked and answered, also where a model runs
 * tools itself; and the application sees of its models what it sees without the agent.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class SpringAiIT {
  private static final String MODEL = "gpt-4o-mini";

  /** Jackson 3 needs these; Spring Boot sees to that, and here others ask for older ones. */
  private static final String ANNOTATIONS = "com.fasterxml.jackson.core:jackson-annotations:2.21";

  private static final String ADD = "[tool add {\"a\":2,\"b\":3}]";

  /** What is asked of each route. */
  private static final Map<String, String> ROUTES = new LinkedHashMap<>();

  /**
   * Two calls of the application's own model, the retrieval, and the stream that asks the same
   * twice.
   */
  private static final int UNKNOWN_TO_THE_PROVIDER = 4;

  static {
    ROUTES.put("/chat", "Where is Paris?");
    ROUTES.put("/chat?refused", "[error 400] no");
    ROUTES.put("/chat?down", "[down] once");
    ROUTES.put("/chat?malformed", "[malformed]");
    ROUTES.put("/chat?cached", "[cached] [think] twice");
    ROUTES.put("/own", "Echo this, password=hunter22");
    ROUTES.put("/wrapped", "Through another");
    ROUTES.put("/stream", "Tell a story");
    ROUTES.put("/stream?refused", "[error 400] no");
    ROUTES.put("/stream?malformed", "[malformed]");
    ROUTES.put("/stream-twice", "Tell a story");
    ROUTES.put("/stream-left", "Tell a story");
    ROUTES.put("/stream-throwing", "Tell a story");
    ROUTES.put("/tools", "How much? " + ADD);
    ROUTES.put("/tools?failing", "[tool fail {\"what\":\"it\"}]");
    ROUTES.put("/tools-stream", "How much? " + ADD);
    ROUTES.put("/embed", "one text");
    ROUTES.put("/retrieve", "Where is Paris?");
  }

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture fixture;

  @Parameter(1)
  Jdk jdk;

  private ModelTraffic traffic;

  static Stream<Arguments> matrix() {
    return Matrix.of(List.of(springAi("1.0.3", "1"), springAi("1.1.2", "1"), latest()), it -> it);
  }

  static Fixture latest() {
    return springAi("2.0.1", "2", ANNOTATIONS);
  }

  private static Fixture springAi(String version, String line, String... more) {
    String group = "org.springframework.ai:";
    List<String> coordinates = new ArrayList<>(List.of(more));
    coordinates.add(group + "spring-ai-openai:" + version);
    coordinates.add(group + "spring-ai-client-chat:" + version);
    coordinates.add(group + "spring-ai-vector-store:" + version);
    coordinates.add("org.slf4j:slf4j-nop:2.0.17");
    return Fixture.of("Spring AI", version, "spring-ai", coordinates.toArray(String[]::new))
        .with("spring-ai-" + line)
        .with("routes");
  }

  @Test
  void callsOfModels_areRemembered_andTheApplicationSeesNoDifference() throws IOException {
    traffic = new ModelTraffic(rig, fixture, jdk, ROUTES);
    assertChats();
    assertStreams();
    assertTools("/tools");
    assertTools("/tools-stream");
    JsonNode failing = traffic.of("/tools?failing").spans("tool").get(0);
    assertThat(failing.path("status").asText()).isEqualTo("error");
    assertSearches();
    int expected = traffic.known(ROUTES.keySet()) + UNKNOWN_TO_THE_PROVIDER;
    List<JsonNode> spans = traffic.spans(ROUTES.keySet());
    assertThat(spans).hasSize(expected);
    Coverage.ran("AI framework", fixture, jdk, expected, spans);
  }

  private void assertChats() {
    JsonNode chat = traffic.call("/chat");
    assertThat(chat.path("name").asText()).isEqualTo("chat " + MODEL);
    assertThat(chat.path("kind").asText()).isEqualToIgnoringCase("client");
    assertThat(text(chat, "gen_ai.provider.name")).isEqualTo("openai");
    assertThat(text(chat, "gen_ai.response.model")).isEqualTo(MODEL + "-2025");
    assertThat(text(chat, "gen_ai.response.id")).startsWith("chatcmpl-");
    assertThat(text(chat, "gen_ai.request.temperature")).isEqualTo("0.5");
    assertThat(number(chat, "gen_ai.request.max_tokens")).isEqualTo(200);
    assertThat(text(chat, "gen_ai.response.finish_reasons")).isEqualTo("stop");
    assertThat(number(chat, "gen_ai.usage.input_tokens")).isPositive();
    assertThat(number(chat, "gen_ai.usage.output_tokens")).isPositive();
    assertThat(Trace.payload(chat, "gen_ai.system_instructions"))
        .isEqualTo("[{\"type\":\"text\",\"content\":\"Be brief.\"}]");
    assertThat(input(chat))
        .isEqualTo(
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Where is Paris?\"}]}]");
    assertThat(output(chat)).contains("Regarding", "\"finish_reason\":\"stop\"");
    assertThat(traffic.of("/chat").spans("http")).hasSize(2);

    assertFailed("/chat?refused");
    assertFailed("/chat?malformed");
    JsonNode down = traffic.call("/chat?down");
    assertThat(down.path("status").asText()).isEqualTo("unset");
    assertThat(number(down, "engram.ai.retries")).isEqualTo(1);
    JsonNode cached = traffic.call("/chat?cached");
    assertThat(number(cached, "gen_ai.usage.cache_read.input_tokens"))
        .isPositive()
        .isLessThan(number(cached, "gen_ai.usage.input_tokens"));
    assertThat(number(cached, "gen_ai.usage.reasoning.output_tokens")).isPositive();
    JsonNode own = traffic.call("/own");
    assertThat(own.path("name").asText()).isEqualTo("chat");
    assertThat(output(own)).contains("Echo this, password=[redacted]");
    assertThat(traffic.call("/wrapped").path("name").asText()).isEqualTo("chat " + MODEL);
  }

  private void assertStreams() {
    assertStream(traffic.call("/stream"));
    assertFailed("/stream?refused");
    assertThat(traffic.calls("/stream?malformed")).hasSize(1);
    assertThat(traffic.calls("/stream-twice")).hasSize(2).allSatisfy(this::assertStream);

    JsonNode left = traffic.call("/stream-left");
    assertThat(text(left, "engram.ai.incomplete")).isEqualTo("true");
    assertThat(output(left)).contains("It was ").doesNotContain("a story");
    assertThat(text(traffic.call("/stream-throwing"), "engram.ai.incomplete")).isEqualTo("true");
  }

  private void assertStream(JsonNode stream) {
    assertThat(text(stream, "gen_ai.request.stream")).isEqualTo("true");
    assertThat(number(stream, "engram.ai.chunks")).isGreaterThan(1);
    assertThat(text(stream, "gen_ai.response.time_to_first_chunk")).isNotEmpty();
    assertThat(number(stream, "gen_ai.usage.output_tokens")).isPositive();
    assertThat(text(stream, "engram.ai.incomplete")).isEmpty();
    assertThat(text(stream, "gen_ai.response.finish_reasons")).isEqualTo("stop");
    assertThat(output(stream)).contains("Regarding \\\"Tell a story\\\": answer");
  }

  /** Two round trips, and between them the tool; all of one request. */
  private void assertTools(String route) {
    Trace trace = traffic.of(route);
    List<JsonNode> calls = traffic.calls(route);
    assertThat(calls)
        .as(trace.toString())
        .extracting(it -> it.path("name").asText())
        .containsExactly("chat " + MODEL, "chat " + MODEL);
    JsonNode tool = trace.spans("tool").get(0);
    JsonNode request = trace.spans("http").get(0);
    assertThat(List.of(calls.get(0), calls.get(1), tool))
        .allSatisfy(it -> assertThat(it.path("parent_span_id")).isEqualTo(request.path("span_id")));
    assertThat(calls)
        .allSatisfy(it -> assertThat(text(it, "gen_ai.conversation.id")).isEqualTo("talk-7"));
    assertThat(Trace.payload(calls.get(0), "gen_ai.tool.definitions"))
        .contains("\"name\":\"add\"", "\"description\":\"Adds two numbers\"", "\"required\"");
    assertThat(output(calls.get(0))).contains("\"type\":\"tool_call\"", "\"name\":\"add\"");
    assertThat(input(calls.get(1)))
        .contains("\"type\":\"tool_call\"", "\"type\":\"tool_call_response\"");
    assertThat(output(calls.get(1))).contains("The tools said: 5");
    assertThat(number(calls.get(1), "gen_ai.usage.output_tokens")).isEqualTo(4);

    assertThat(tool.path("name").asText()).isEqualTo("execute_tool add");
    assertThat(text(tool, "gen_ai.tool.call.id")).startsWith("call_");
    assertThat(Trace.payload(tool, "gen_ai.tool.call.arguments")).contains("2").contains("3");
    assertThat(Trace.payload(tool, "gen_ai.tool.call.result")).isEqualTo("5");
  }

  private void assertSearches() {
    JsonNode embedding = traffic.call("/embed");
    assertThat(embedding.path("name").asText()).startsWith("embeddings");
    assertThat(number(embedding, "gen_ai.usage.input_tokens")).isPositive();
    assertThat(input(embedding)).contains("one text", "another");

    List<JsonNode> retrievals =
        traffic.calls("/retrieve").stream()
            .filter(it -> it.path("name").asText().equals("retrieval"))
            .toList();
    assertThat(retrievals).hasSize(1);
    JsonNode retrieval = retrievals.get(0);
    List<JsonNode> calls = traffic.calls("/retrieve");
    assertThat(calls.get(calls.size() - 1).path("parent_span_id"))
        .isEqualTo(retrieval.path("span_id"));
    assertThat(number(retrieval, "engram.ai.documents")).isEqualTo(2);
    assertThat(Trace.payload(retrieval, "gen_ai.retrieval.query.text"))
        .isEqualTo("Where is Paris?");
    assertThat(Trace.payload(retrieval, "gen_ai.retrieval.documents"))
        .contains("Paris is in France");
  }

  private void assertFailed(String route) {
    assertThat(traffic.call(route).path("status").asText()).isEqualTo("error");
    assertThat(traffic.of(route).exceptions()).isNotEmpty();
  }
}
