package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import dev.engram.integration.provider.Asked;
import dev.engram.integration.provider.ModelProvider;
import dev.engram.integration.provider.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
 * Each call of a model is one span with what was asked and answered, and the application sees of
 * its models what it sees without the agent.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class AiIT {
  private static final String MODEL = "gpt-4o-mini";
  private static final String ADD = "[tool add {\"a\":2,\"b\":3}]";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture fixture;

  @Parameter(1)
  Jdk jdk;

  /** Spans of which the provider knows, of the routes that were asked last. */
  private int known;

  /** What is asked of each route. */
  private static final Map<String, String> ROUTES = new LinkedHashMap<>();

  /** Two calls of the application's own models, three of agents, and the retrieval. */
  private static final int UNKNOWN_TO_THE_PROVIDER = 6;

  static {
    ROUTES.put("/chat", "Where is Paris?");
    ROUTES.put("/chat?refused", "[error 500] no");
    ROUTES.put("/chat?busy", "[busy] once");
    ROUTES.put("/chat?cached", "[cached] [think] twice");
    ROUTES.put("/chat?malformed", "[malformed]");
    ROUTES.put("/own", "Echo this, password=hunter22");
    ROUTES.put("/wrapped", "Through another");
    ROUTES.put("/stream", "Tell a story");
    ROUTES.put("/stream?cut", "[cut] a story");
    ROUTES.put("/stream?refused", "[error 400] no");
    ROUTES.put("/stream-throwing", "Tell a story");
    ROUTES.put("/forgotten", "Anything");
    ROUTES.put("/tools", "How much? " + ADD);
    ROUTES.put("/tools?failing", "[tool fail {\"what\":\"it\"}]");
    ROUTES.put("/service-stream", "How much? " + ADD);
    ROUTES.put("/embed", "one text");
    ROUTES.put("/retrieve", "Where is Paris?");
  }

  static Stream<Arguments> matrix() {
    return Matrix.of(List.of(langChain4j("1.0.0"), langChain4j("1.19.0")), it -> it);
  }

  static Fixture langChain4j(String version) {
    return Fixture.of(
            "LangChain4j",
            version,
            "langchain4j",
            "dev.langchain4j:langchain4j:" + version,
            "dev.langchain4j:langchain4j-open-ai:" + version,
            "org.slf4j:slf4j-nop:2.0.17")
        .with("routes");
  }

  @Test
  void callsOfModels_areRemembered_andTheApplicationSeesNoDifference() throws IOException {
    Map<String, String> bare;
    try (ModelProvider provider = new ModelProvider(0)) {
      Child service = fixture.startBare(rig, jdk, "-Dprovider=" + provider.url());
      bare = bodies(ask(Traffic.toApplication(service), provider));
      service.stop();
    }
    Map<String, Answer> answers;
    try (ModelProvider provider = new ModelProvider(0)) {
      Child service = fixture.start(rig, jdk, "-Dprovider=" + provider.url());
      answers = ask(Traffic.toApplication(service), provider);
      service.stop();
    }
    assertThat(bodies(answers)).isEqualTo(bare);

    Memory memory = rig.memory(jdk).drain();
    Map<String, Trace> traces = new LinkedHashMap<>();
    answers.forEach((route, answer) -> traces.put(route, memory.trace(answer.traceId())));
    assertChats(traces);
    assertStreams(traces);
    assertServices(traces);
    assertSearches(traces);
    List<JsonNode> spans = ModelTraffic.spans(traces.values(), "ai", "tool");
    assertThat(spans).hasSize(known + UNKNOWN_TO_THE_PROVIDER);
    Coverage.ran("AI framework", fixture, jdk, known + UNKNOWN_TO_THE_PROVIDER, spans);
  }

  @Test
  void callThatWaits_whenTheServiceIsKilled_isInterrupted_withWhatItAsked() throws IOException {
    Load waiting;
    try (ModelProvider provider = new ModelProvider(0)) {
      Child service = fixture.start(rig, jdk, "-Dprovider=" + provider.url());
      waiting = Load.start(Traffic.toApplication(service), 1, "/chat?%5Bhold%5D+until+killed");
      await("a call waits").atMost(Duration.ofSeconds(120)).until(() -> provider.holding() == 1);
      service.kill();
      waiting.close();
    }
    String traceId = waiting.sent().iterator().next();
    JsonNode call = only(rig.memory(jdk).drain().trace(traceId));
    assertThat(call.path("status").asText()).isEqualTo("interrupted");
    assertThat(call.path("name").asText()).isEqualTo("chat " + MODEL);
    JsonNode attributes = call.path("attributes");
    assertThat(attributes.path("gen_ai.input.messages").asText()).contains("[hold] until killed");
    assertThat(attributes.path("gen_ai.system_instructions").asText()).contains("Be brief.");
    assertThat(attributes.has("gen_ai.usage.input_tokens")).isFalse();
  }

  @Test
  void content_isLeftOut_orKeptAsItIs_whereTheSettingSaysSo() throws IOException {
    Map<String, Trace> without = tracesWith("-Dengram.capture.ai.content=none");
    without.forEach((route, trace) -> assertSizesAlone(route, trace));
    Map<String, Trace> whole = tracesWith("-Dengram.capture.ai.content=full");
    assertThat(output(only(whole.get("/own")))).contains("Echo this, password=hunter22");
  }

  private Map<String, Trace> tracesWith(String option) throws IOException {
    Map<String, Trace> traces = new LinkedHashMap<>();
    try (ModelProvider provider = new ModelProvider(0)) {
      Child service = fixture.start(rig, jdk, "-Dprovider=" + provider.url(), option);
      Map<String, Answer> answers = ask(Traffic.toApplication(service), provider);
      service.stop();
      Memory memory = rig.memory(jdk).drain();
      answers.forEach((route, answer) -> traces.put(route, memory.trace(answer.traceId())));
    }
    return traces;
  }

  /** Neither what was asked nor what was answered, but that something was. */
  private static void assertSizesAlone(String route, Trace trace) {
    List<JsonNode> spans = ModelTraffic.spans(List.of(trace), "ai", "tool");
    assertThat(spans).as(route).isNotEmpty();
    for (JsonNode span : spans) {
      assertThat(span.path("payloads")).as("%s: %s", route, span).isNotEmpty();
      for (JsonNode payload : span.path("payloads")) {
        assertThat(payload.path("text").asText()).as("%s: %s", route, span).isEmpty();
        assertThat(payload.path("size").asLong()).as("%s: %s", route, span).isPositive();
      }
      assertThat(span.path("attributes").toString()).doesNotContain("Paris", "story", "Be brief");
    }
  }

  private Map<String, Answer> ask(Traffic traffic, ModelProvider provider) throws IOException {
    Map<String, Answer> answers = new LinkedHashMap<>();
    known = 0;
    for (Map.Entry<String, String> route : ROUTES.entrySet()) {
      String path = route.getKey().replaceFirst("\\?.*", "");
      String query = URLEncoder.encode(route.getValue(), StandardCharsets.UTF_8);
      int before = provider.asked().size();
      answers.put(
          route.getKey(),
          traffic.send(Traffic.newTraceId(), "GET", path + "?" + query, BodyPublishers.noBody()));
      List<Asked> asked = provider.asked();
      known += ModelTraffic.known(asked.subList(before, asked.size()));
    }
    return answers;
  }

  /** How much of a stream is heard before it is cut is a race in the client. */
  private static Map<String, String> bodies(Map<String, Answer> answers) {
    Map<String, String> bodies = new LinkedHashMap<>();
    answers.forEach(
        (route, answer) -> {
          String body =
              route.endsWith("?cut")
                  ? answer.body().replaceFirst("(?s)^.*(?=failed with)", "")
                  : answer.body();
          bodies.put(route, answer.status() + " " + body);
        });
    return bodies;
  }

  private static void assertChats(Map<String, Trace> traces) {
    String asked = ROUTES.get("/chat");
    JsonNode chat = only(traces.get("/chat"));
    JsonNode attributes = chat.path("attributes");
    assertThat(chat.path("name").asText()).isEqualTo("chat " + MODEL);
    assertThat(chat.path("kind").asText()).isEqualToIgnoringCase("client");
    assertThat(attributes.path("gen_ai.provider.name").asText()).isEqualTo("openai");
    assertThat(attributes.path("gen_ai.response.model").asText()).isEqualTo(MODEL + "-2025");
    assertThat(attributes.path("gen_ai.request.temperature").asDouble()).isEqualTo(0.5);
    assertThat(attributes.path("gen_ai.request.max_tokens").asLong()).isEqualTo(200);
    assertThat(attributes.path("gen_ai.response.finish_reasons").asText()).isEqualTo("stop");
    assertThat(attributes.path("gen_ai.usage.input_tokens").asLong()).isPositive();
    assertThat(attributes.path("gen_ai.usage.output_tokens").asLong()).isPositive();
    assertThat(attributes.path("engram.ai.prompt.hash").asText()).hasSize(16);
    assertThat(Trace.payload(chat, "gen_ai.system_instructions"))
        .isEqualTo("[{\"type\":\"text\",\"content\":\"Be brief.\"}]");
    assertThat(Trace.payload(chat, "gen_ai.input.messages"))
        .isEqualTo(
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + asked + "\"}]}]");
    assertThat(output(chat)).contains(Reply.answer(asked).replace("\"", "\\\""));
    assertThat(traces.get("/chat").spans("http")).hasSize(2);

    assertFailed(traces.get("/chat?refused"));
    assertFailed(traces.get("/chat?malformed"));
    JsonNode busy = only(traces.get("/chat?busy"));
    assertThat(busy.path("status").asText()).isEqualTo("unset");
    assertThat(busy.path("attributes").path("engram.ai.retries").asLong()).isEqualTo(1);
    assertThat(traces.get("/chat?busy").spans("http")).hasSize(3);
    JsonNode cached = only(traces.get("/chat?cached")).path("attributes");
    assertThat(cached.path("gen_ai.usage.cache_read.input_tokens").asLong())
        .isPositive()
        .isLessThan(cached.path("gen_ai.usage.input_tokens").asLong());
    assertThat(cached.path("gen_ai.usage.reasoning.output_tokens").asLong()).isPositive();
    JsonNode own = only(traces.get("/own"));
    assertThat(own.path("name").asText()).isEqualTo("chat");
    assertThat(output(own)).contains("Echo this, password=[redacted]");
    assertThat(only(traces.get("/wrapped")).path("name").asText()).isEqualTo("chat " + MODEL);
  }

  private static void assertStreams(Map<String, Trace> traces) {
    JsonNode stream = only(traces.get("/stream"));
    JsonNode attributes = stream.path("attributes");
    assertThat(attributes.path("gen_ai.request.stream").asBoolean()).isTrue();
    assertThat(attributes.path("engram.ai.chunks").asLong()).isGreaterThan(1);
    assertThat(attributes.path("gen_ai.response.time_to_first_chunk").asDouble()).isPositive();
    assertThat(attributes.path("gen_ai.usage.output_tokens").asLong()).isPositive();
    assertThat(attributes.has("engram.ai.incomplete")).isFalse();
    assertThat(output(stream)).contains("Tell a story");
    assertFailed(traces.get("/stream?refused"));

    JsonNode forgotten = only(traces.get("/forgotten"));
    assertThat(forgotten.path("attributes").path("engram.ai.incomplete").asBoolean()).isTrue();
    assertThat(output(forgotten)).contains("It was ");
    assertThat(traces.get("/stream?cut").spans("ai")).hasSize(1);
    assertThat(traces.get("/stream-throwing").spans("ai")).hasSize(1);
  }

  private void assertServices(Map<String, Trace> traces) {
    assertService(traces.get("/tools"), "Assistant");
    assertService(traces.get("/service-stream"), "StreamingAssistant");
    Trace trace = traces.get("/tools");
    JsonNode first = trace.spans("ai").get(1);
    assertThat(first.path("attributes").path("gen_ai.conversation.id").asText())
        .isEqualTo("talk-7");
    assertThat(Trace.payload(first, "gen_ai.tool.definitions"))
        .contains("\"name\":\"add\"", "\"description\":\"Adds two numbers\"", "\"required\"");
    assertThat(Trace.payload(trace.spans("ai").get(2), "gen_ai.input.messages"))
        .contains("\"type\":\"tool_call\"", "\"type\":\"tool_call_response\"", "\"response\":5");
    // What the first version answers the model with is since then an exception first.
    JsonNode failing = traces.get("/tools?failing").spans("tool").get(0);
    assertThat(failing.toString()).contains("broken tool");
  }

  /** The agent, below it two calls of the model, and the tool between them. */
  private static void assertService(Trace trace, String name) {
    List<JsonNode> spans = trace.spans("ai");
    assertThat(spans)
        .extracting(it -> it.path("name").asText())
        .containsExactly("invoke_agent " + name, "chat " + MODEL, "chat " + MODEL);
    JsonNode agent = spans.get(0);
    JsonNode tool = trace.spans("tool").get(0);
    assertThat(List.of(spans.get(1), spans.get(2), tool))
        .allSatisfy(it -> assertThat(it.path("parent_span_id")).isEqualTo(agent.path("span_id")));
    assertThat(agent.path("attributes").has("gen_ai.usage.input_tokens")).isFalse();
    assertThat(output(agent)).contains("The tools said: 5");
    assertThat(Trace.payload(agent, "gen_ai.input.messages")).contains("How much?");
    assertThat(tool.path("name").asText()).isEqualTo("execute_tool add");
    assertThat(Trace.payload(tool, "gen_ai.tool.call.arguments")).contains("2").contains("3");
    assertThat(Trace.payload(tool, "gen_ai.tool.call.result")).isEqualTo("5");
  }

  private static void assertSearches(Map<String, Trace> traces) {
    JsonNode embedding = only(traces.get("/embed"));
    assertThat(embedding.path("name").asText()).isEqualTo("embeddings text-embedding-3-small");
    assertThat(embedding.path("attributes").path("gen_ai.usage.input_tokens").asLong())
        .isPositive();
    assertThat(Trace.payload(embedding, "gen_ai.input.messages")).contains("one text", "another");

    List<JsonNode> spans = traces.get("/retrieve").spans("ai");
    assertThat(spans)
        .extracting(it -> it.path("name").asText().split(" ")[0])
        .containsExactly("embeddings", "embeddings", "retrieval", "embeddings");
    JsonNode retrieval = spans.get(2);
    assertThat(spans.get(3).path("parent_span_id")).isEqualTo(retrieval.path("span_id"));
    assertThat(retrieval.path("attributes").path("engram.ai.documents").asLong()).isEqualTo(2);
    assertThat(Trace.payload(retrieval, "gen_ai.retrieval.query.text"))
        .isEqualTo("Where is Paris?");
    assertThat(Trace.payload(retrieval, "gen_ai.retrieval.documents"))
        .contains("Paris is in France");
  }

  private static JsonNode only(Trace trace) {
    List<JsonNode> spans = trace.spans("ai");
    assertThat(spans).as(trace.toString()).hasSize(1);
    return spans.get(0);
  }

  private static void assertFailed(Trace trace) {
    assertThat(only(trace).path("status").asText()).isEqualTo("error");
    assertThat(trace.exceptions()).isNotEmpty();
  }

  private static String output(JsonNode span) {
    return Trace.payload(span, "gen_ai.output.messages");
  }
}
