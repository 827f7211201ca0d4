package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import java.io.IOException;
import java.util.ArrayList;
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

/** A system of agents is a run, its agents are nodes, and their calls of models are below them. */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class AgenticIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture fixture;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(List.of(agentic("1.10.0", "beta18"), latest()), it -> it);
  }

  static Fixture latest() {
    return agentic("1.19.0", "beta29");
  }

  private static Fixture agentic(String version, String beta) {
    String ofBeta = version + "-" + beta;
    return Fixture.of(
            "LangChain4j agentic",
            ofBeta,
            "langchain4j-agentic",
            "dev.langchain4j:langchain4j:" + version,
            "dev.langchain4j:langchain4j-open-ai:" + version,
            "dev.langchain4j:langchain4j-agentic:" + ofBeta,
            "org.slf4j:slf4j-nop:2.0.17")
        .with("routes");
  }

  @Test
  void agentsOfASystem_areNodesOfARun_andTheApplicationSeesNoDifference() throws IOException {
    ModelTraffic traffic =
        new ModelTraffic(
            rig,
            fixture,
            jdk,
            Map.of(
                "/tell",
                "cats",
                "/tell?refused",
                "[error 400]",
                "/choose",
                "cats",
                "/choose?nobody",
                "birds",
                "/supervise",
                "[answer: {\"agentName\":\"done\",\"arguments\":{\"response\":\"nothing\"}}]"));
    Trace trace = traffic.of("/tell");
    JsonNode run = trace.spans("workflow").get(0);
    String runId = run.path("attributes").path("engram.workflow.run.id").asText();
    assertThat(run.path("attributes").path("engram.workflow.engine").asText())
        .isEqualTo("langchain4j-agentic");
    assertThat(Trace.payload(run, "input")).contains("cats");
    assertThat(Trace.payload(run, "output")).contains("answer");
    List<JsonNode> nodes = trace.spans("node");
    assertThat(nodes).extracting(it -> it.path("name").asText()).containsExactly("write", "edit");
    assertThat(nodes)
        .allSatisfy(
            it -> {
              assertThat(it.path("parent_span_id")).isEqualTo(run.path("span_id"));
              assertThat(it.path("attributes").path("engram.workflow.run.id").asText())
                  .isEqualTo(runId);
            });
    JsonNode edit = nodes.get(1).path("attributes");
    assertThat(edit.path("engram.workflow.transition.from").asText()).isEqualTo("write");
    assertThat(trace.spans("ai"))
        .filteredOn(it -> it.path("name").asText().startsWith("chat "))
        .hasSize(2);
    Trace failure = traffic.of("/tell?refused");
    assertThat(failure.spans("node").get(0).path("status").asText()).isEqualTo("error");
    assertThat(failure.spans("workflow").get(0).path("status").asText()).isEqualTo("error");
    assertThat(plans(traffic.of("/choose")))
        .containsExactly("plan of choose: [write, edit, done] -> write");
    assertThat(plans(traffic.of("/choose?nobody")))
        .containsExactly("plan of choose: [write, edit, done] -> done");
    assertThat(plans(traffic.of("/supervise")))
        .containsExactly("plan of supervise: [write, done] -> done");
    Coverage.ran(
        "Workflows", fixture, jdk, 3, ModelTraffic.spans(List.of(trace), "workflow", "node"));
  }

  /** What the systems of a trace chose between, and what they chose. */
  private List<String> plans(Trace trace) {
    String traceId = trace.spans("workflow").get(0).path("trace_id").asText();
    return rig.memory(jdk).decisions().stream()
        .filter(it -> it.path("trace_id").asText().equals(traceId))
        .filter(it -> it.path("name").asText().startsWith("plan of "))
        .map(
            it ->
                it.path("name").asText() + ": " + options(it) + " -> " + it.path("chosen").asText())
        .toList();
  }

  private static List<String> options(JsonNode decision) {
    List<String> options = new ArrayList<>();
    decision.path("options").forEach(option -> options.add(option.asText()));
    return options;
  }
}
