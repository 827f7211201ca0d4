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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run of an agent is one span, its calls of the model and of tools are below it, and the
 * application sees of the run what it sees without the agent.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class GoogleAdkIT {
  private static final String CALL = "generate_content gemini-2.5-flash";
  private static final String ADD = "How much? [tool add {\"a\":2,\"b\":3}]";

  /** What is asked of each route. */
  private static final Map<String, String> ROUTES = new LinkedHashMap<>();

  static {
    ROUTES.put("/run", "Where is Paris?");
    ROUTES.put("/run?refused", "[error 400] no");
    ROUTES.put("/run?malformed", "[malformed]");
    ROUTES.put("/run?cut", "[cut] a story");
    ROUTES.put("/run?thinking", "[cached] [think] twice");
    ROUTES.put("/run?tools", ADD);
    ROUTES.put("/run?failing", "[tool fail {\"what\":\"it\"}]");
    ROUTES.put("/own", "Echo this, password=hunter22");
    ROUTES.put("/stream", "Tell a story");
    ROUTES.put("/stream?tools", ADD);
    ROUTES.put("/left", ADD);
  }

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture fixture;

  @Parameter(1)
  Jdk jdk;

  private ModelTraffic traffic;

  static Stream<Arguments> matrix() {
    return Matrix.of(List.of(adk("1.0.0"), adk("1.8.0")), it -> it);
  }

  static Fixture adk(String version) {
    return Fixture.of(
            "Google ADK",
            version,
            "google-adk",
            "com.google.adk:google-adk:" + version,
            "org.slf4j:slf4j-nop:2.0.17")
        .with("routes");
  }

  @Test
  void runsOfAgents_areRemembered_andTheApplicationSeesNoDifference() throws IOException {
    traffic = new ModelTraffic(rig, fixture, jdk, ROUTES);
    assertRun();
    assertTools("/run?tools");
    assertTools("/stream?tools");
    assertStream();
    JsonNode failing = traffic.of("/run?failing").spans("tool").get(0);
    assertThat(failing.path("status").asText()).isEqualTo("error");
    JsonNode left = traffic.calls("/left").get(1);
    assertThat(output(left)).contains("\"type\":\"tool_call\"");
    assertThat(text(left, "engram.ai.incomplete")).isEmpty();
    assertNumber();
  }

  /** Whether a tool still runs whose caller has left is a race. */
  private void assertNumber() {
    Set<String> routes = new LinkedHashSet<>(ROUTES.keySet());
    routes.remove("/left");
    // What the provider does not know: each run, and the call of the application's own model.
    int expected = traffic.known(routes) + routes.size() + 1;
    List<JsonNode> spans = traffic.spans(routes);
    assertThat(spans).hasSize(expected);
    Coverage.ran("AI framework", fixture, jdk, expected, spans);
  }

  private void assertRun() {
    List<JsonNode> spans = traffic.calls("/run");
    assertThat(spans)
        .as(traffic.of("/run").toString())
        .extracting(it -> it.path("name").asText())
        .containsExactly("invoke_agent adder", CALL);
    JsonNode agent = spans.get(0);
    assertThat(text(agent, "gen_ai.conversation.id")).isEqualTo("talk-7");
    assertThat(input(agent)).contains("Where is Paris?");
    assertThat(output(agent)).contains("Regarding");
    JsonNode call = spans.get(1);
    assertThat(text(call, "gen_ai.provider.name")).isEqualTo("gcp.gemini");
    assertThat(text(call, "gen_ai.conversation.id")).isEqualTo("talk-7");
    assertThat(text(call, "gen_ai.response.finish_reasons")).isEqualTo("stop");
    assertThat(number(call, "gen_ai.usage.input_tokens")).isPositive();
    assertThat(number(call, "gen_ai.usage.output_tokens")).isPositive();
    assertThat(Trace.payload(call, "gen_ai.system_instructions")).contains("You add numbers.");
    assertThat(Trace.payload(call, "gen_ai.tool.definitions"))
        .contains("\"name\":\"add\"", "\"description\":\"Adds two numbers\"", "the first");
    assertThat(input(call)).contains("\"role\":\"user\"", "Where is Paris?");
    assertThat(output(call)).contains("Regarding");

    for (String route : List.of("/run?refused", "/run?malformed", "/run?cut")) {
      assertThat(traffic.calls(route))
          .as(route)
          .hasSize(2)
          .allSatisfy(it -> assertThat(it.path("status").asText()).isEqualTo("error"));
    }
    JsonNode thinking = traffic.calls("/run?thinking").get(1);
    assertThat(number(thinking, "gen_ai.usage.cache_read.input_tokens")).isPositive();
    assertThat(number(thinking, "gen_ai.usage.reasoning.output_tokens"))
        .isPositive()
        .isLessThan(number(thinking, "gen_ai.usage.output_tokens"));
    assertThat(output(thinking)).contains("\"type\":\"reasoning\"");
    JsonNode own = traffic.calls("/own").get(1);
    assertThat(own.path("name").asText()).isEqualTo("generate_content echo-1");
    assertThat(output(own)).contains("Echo this, password=[redacted]");
  }

  /** The agent, below it two calls of the model, and the tool between them. */
  private void assertTools(String route) {
    Trace trace = traffic.of(route);
    List<JsonNode> spans = traffic.calls(route);
    assertThat(spans)
        .as(trace.toString())
        .extracting(it -> it.path("name").asText())
        .containsExactly("invoke_agent adder", CALL, CALL);
    JsonNode tool = trace.spans("tool").get(0);
    assertThat(List.of(spans.get(1), spans.get(2), tool))
        .allSatisfy(
            it -> assertThat(it.path("parent_span_id")).isEqualTo(spans.get(0).path("span_id")));
    assertThat(output(spans.get(1))).contains("\"type\":\"tool_call\"", "\"name\":\"add\"");
    assertThat(input(spans.get(2))).contains("\"type\":\"tool_call_response\"", "\"sum\":5");
    assertThat(output(spans.get(0))).contains("The tools said");
    assertThat(tool.path("name").asText()).isEqualTo("execute_tool add");
    assertThat(text(tool, "gen_ai.tool.call.id")).isNotEmpty();
    assertThat(Trace.payload(tool, "gen_ai.tool.call.arguments")).contains("\"a\":2", "\"b\":3");
    assertThat(Trace.payload(tool, "gen_ai.tool.call.result")).isEqualTo("{\"sum\":5}");
  }

  private void assertStream() {
    JsonNode call = traffic.calls("/stream").get(1);
    assertThat(text(call, "gen_ai.request.stream")).isEqualTo("true");
    assertThat(number(call, "engram.ai.chunks")).isGreaterThan(1);
    assertThat(text(call, "engram.ai.incomplete")).isEmpty();
    assertThat(number(call, "gen_ai.usage.output_tokens")).isPositive();
    assertThat(output(call)).contains("Regarding \\\"Tell a story\\\": answer");
  }
}
