package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.HttpServerApp;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service left behind, found by its text, in SQL, in order of time, and handed on. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class SearchIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void whatAServiceDid_isFoundInEveryWay() {
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Traffic traffic = Traffic.toApplication(service);
    Answer hello = traffic.get("/hello");
    String failed = Traffic.newTraceId();
    assertThatThrownBy(() -> traffic.send(failed, "POST", "/fail", BodyPublishers.noBody()))
        .isInstanceOf(IOException.class);
    service.stop();
    Memory memory = rig.memory(jdk).drain();

    List<JsonNode> found = lines(memory, "search", "handler \"never works\"", "--json");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("trace_id").asText()).isEqualTo(failed);
    assertThat(found.get(0).path("snippet").asText()).contains("this handler never works");

    String sql = "select trace_id, status_code from requests where path = '/hello'";
    assertThat(lines(memory, "query", sql, "--json"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.path("trace_id").asText()).isEqualTo(hello.traceId());
              assertThat(row.path("status_code").asInt()).isEqualTo(200);
            });

    Child csv = memory.run("query", "-o", "csv", sql);
    assertThat(csv.awaitExit()).as(csv::describe).isZero();
    assertThat(csv.out()).containsExactly("trace_id,status_code", hello.traceId() + ",200");

    assertThat(lines(memory, "timeline", failed, "--json"))
        .extracting(entry -> entry.path("kind").asText())
        .contains("request", "error", "lifecycle");

    assertThat(lines(memory, "export", "--format", "otlp-json"))
        .singleElement()
        .satisfies(
            line -> assertThat(line.findValuesAsText("traceId")).contains(hello.traceId(), failed));

    Child parquet = memory.run("export", "--format", "parquet");
    assertThat(parquet.awaitExit()).as(parquet::describe).isZero();
    assertThat(String.join("\n", parquet.out())).startsWith("PAR1").endsWith("PAR1");
    assertThat(parquet.err()).isEmpty();
    memory.assertSettled();
  }

  private static List<JsonNode> lines(Memory memory, String... arguments) {
    Child child = memory.run(arguments);
    assertThat(child.awaitExit()).as(child::describe).isZero();
    return child.out().stream().map(SearchIT::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(line, noJson);
    }
  }
}
