package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.provider.ModelProvider;
import dev.engram.integration.provider.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of services that ask models by every framework and client, at no moment in
 * particular, while some answers come whole, some in pieces, and some go wrong. Each answer that
 * reached the application is remembered, once and as it was, with all calls of models and tools
 * that led to it; each question that reached the provider is, too, and as interrupted where no
 * answer came any more.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class EveryModelCallIT {
  private static final String INPUT = "gen_ai.input.messages";
  private static final String OUTPUT = "gen_ai.output.messages";

  /** Of all services together, on each JDK: on platform threads, or virtual ones where it can. */
  private static final int ANSWERS = Artifacts.isFullTier() ? 5_000 : 200;

  /** A question that may be answered by an error, or by a part of an answer. */
  private static final Pattern MAY_FAIL =
      Pattern.compile("\\[(busy|down|error|malformed|cut)\\b.*");

  /** The framework may call a tool with what it got of its arguments. */
  private static final String CUT = "[cut]";

  /** Has the model call the tool of the fixtures. */
  private static final String LOOK_UP = "[tool lookUp] ";

  private static final List<String> LANGCHAIN4J =
      List.of(
          "/chat",
          "/wrapped",
          "/stream",
          "/talk",
          "/talk?" + LOOK_UP,
          "/service-stream?" + LOOK_UP);

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void everyAnswerThatReachedTheApplication_isRememberedOnce_alsoWhereItsServiceIsKilled()
      throws IOException {
    long seed = System.nanoTime();
    System.out.println("Killing services that ask models on " + jdk + " with seed " + seed);
    List<AskedService> services = services(seed);
    rig.collector(jdk);
    try (ModelProvider provider = new ModelProvider(0)) {
      for (AskedService service : services) {
        service.live(rig, jdk, provider, ANSWERS / services.size() + 1);
      }
      rig.stopCollectors();
      Memory memory = rig.memory(jdk).drain();
      int remembered = 0;
      for (AskedService service : services) {
        remembered += assertRemembered(service, provider, memory);
      }
      assertThat(memory.aiCalls()).hasSize(remembered);
      assertThat(remembered).isGreaterThanOrEqualTo(ANSWERS);
    }
  }

  /** One of each framework and client, in its latest version; three of them in the fast tier. */
  private List<AskedService> services(long seed) {
    List<AskedService> services = new ArrayList<>();
    add(services, AiIT.langChain4j("1.19.0"), LANGCHAIN4J, seed);
    add(services, AgenticIT.latest(), List.of("/team?" + LOOK_UP, "/team"), seed);
    Map<String, AiClientFixture> clients = new LinkedHashMap<>();
    AiClientFixture.all().forEach(it -> clients.put(it.fixture().framework(), it));
    for (AiClientFixture client : clients.values()) {
      List<String> routes = new ArrayList<>(client.routes());
      routes.removeAll(List.of("/abandoned", "/unread"));
      add(services, client.fixture(), routes, seed);
    }
    add(services, SpringAiIT.latest(), List.of("/chat", "/stream"), seed);
    add(services, GoogleAdkIT.adk("1.8.0"), List.of("/run", "/stream"), seed);
    return Artifacts.isFullTier() ? services : services.subList(0, 3);
  }

  private void add(List<AskedService> services, Fixture fixture, List<String> routes, long seed) {
    services.add(new AskedService(rig, fixture, routes, services.size(), seed));
  }

  /** Returns how many calls there are. */
  private static int assertRemembered(AskedService service, ModelProvider provider, Memory memory)
      throws IOException {
    Trace trace = memory.trace(service.traceId());
    Map<ModelStep, JsonNode> calls = bySteps(trace);
    Map<ModelStep, Reply> asked = service.asked(provider);
    assertThat(calls.keySet()).as("of %s", service).containsAll(asked.keySet());
    Map<String, String> answers = service.answers();
    for (Map.Entry<String, String> answer : answers.entrySet()) {
      assertAnswered(answer.getKey(), answer.getValue(), calls, asked, service);
    }
    for (String question : service.held()) {
      assertThat(answers).doesNotContainKey(question);
      assertThat(calls.entrySet())
          .as("%s of %s", question, service)
          .filteredOn(it -> it.getKey().isOf(question))
          .hasSize(1)
          .allSatisfy(it -> assertThat(status(it.getValue())).isEqualTo("interrupted"));
    }
    assertTools(trace, asked, service);
    return calls.size();
  }

  /** All steps that it took, of which the last has what the application saw. */
  private static void assertAnswered(
      String question,
      String seen,
      Map<ModelStep, JsonNode> calls,
      Map<ModelStep, Reply> asked,
      AskedService service)
      throws IOException {
    List<ModelStep> steps = asked.keySet().stream().filter(it -> it.isOf(question)).toList();
    String what = question + " of " + service + ", answered with " + seen;
    assertThat(steps).as(what).isNotEmpty();
    ModelStep last = steps.get(steps.size() - 1);
    String said = asked.get(last).text();
    boolean isAnswered =
        !said.isEmpty() && seen.contains(said.substring(said.lastIndexOf(' ') + 1));
    if (!isAnswered && !isEmbedding(calls.get(last))) {
      assertThat(question).as(what).matches(MAY_FAIL);
    }
    for (ModelStep step : steps) {
      JsonNode call = calls.get(step);
      assertThat(status(call)).as("%s: %s", what, call).isNotEqualTo("interrupted");
      if (isAnswered && !isEmbedding(call)) {
        assertWhole(call, asked.get(step), what);
      }
    }
  }

  private static void assertWhole(JsonNode call, Reply reply, String what) throws IOException {
    String output = said(call, OUTPUT);
    assertThat(status(call)).as("%s: %s", what, call).isNotEqualTo("error");
    assertThat(ModelStep.texts(output)).as("%s: %s", what, call).isEqualTo(reply.text());
    for (Reply.ToolCall wanted : reply.calls()) {
      assertThat(output).as(what).containsOnlyOnce("\"id\":\"" + wanted.id() + "\"");
      assertThat(output).as(what).contains(wanted.name(), wanted.arguments());
    }
  }

  /**
   * Each call of a tool whose result reached the provider is there as the model wanted it, with
   * that result, and none is there twice.
   */
  private static void assertTools(Trace trace, Map<ModelStep, Reply> asked, AskedService service) {
    Map<String, JsonNode> tools = new HashMap<>();
    for (JsonNode tool : trace.spans("tool")) {
      String id = tool.path("attributes").path("gen_ai.tool.call.id").asText();
      assertThat(tools.put(id, tool)).as("%s, twice", tool).isNull();
    }
    for (ModelStep step : asked.keySet()) {
      if (!step.toolResults().isEmpty()) {
        Reply.ToolCall wanted = asked.get(step.first()).calls().get(0);
        JsonNode tool = tools.get(wanted.id());
        assertThat(tool).as("%s of %s", step, service).isNotNull();
        if (!step.prompt().contains(CUT)) {
          assertTool(step, wanted, tool);
        }
      }
    }
  }

  private static void assertTool(ModelStep step, Reply.ToolCall wanted, JsonNode tool) {
    assertThat(Trace.payload(tool, "gen_ai.tool.call.arguments"))
        .as("%s: %s", step, tool)
        .isEqualTo(wanted.arguments());
    assertThat(step.toolResults())
        .as("%s: %s", step, tool)
        .containsExactly(Trace.payload(tool, "gen_ai.tool.call.result"));
  }

  /** The calls by what they ask, which each has as it was asked; fails where one is there twice. */
  private static Map<ModelStep, JsonNode> bySteps(Trace trace) throws IOException {
    Map<ModelStep, JsonNode> calls = new LinkedHashMap<>();
    for (JsonNode span : trace.spans("ai")) {
      if (span.path("kind").asText().equalsIgnoreCase("client")) {
        assertThat(calls.put(ModelStep.of(said(span, INPUT)), span)).as("%s, twice", span).isNull();
      }
    }
    return calls;
  }

  private static boolean isEmbedding(JsonNode call) {
    return call.path("name").asText().startsWith("embeddings");
  }

  private static String status(JsonNode call) {
    return call.path("status").asText();
  }

  /** A payload, or the attribute that has the same until a call has ended; empty for none. */
  private static String said(JsonNode span, String name) {
    for (JsonNode payload : span.path("payloads")) {
      if (payload.path("name").asText().equals(name)) {
        return payload.path("text").asText();
      }
    }
    return span.path("attributes").path(name).asText();
  }
}
