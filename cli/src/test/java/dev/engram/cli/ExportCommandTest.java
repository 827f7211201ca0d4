package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  private static final String LARGE = "x".repeat(10_000);

  @TempDir private static Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void jsonl_isTheObjectsOfListings_inTheOrderTheyCame() {
    assertThat(run("export")).isZero();

    assertThat(terminal.out().lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("\"span_id\":\"0000000000000010\""),
            line -> assertThat(line).contains("\"span_id\":\"0000000000000011\""),
            line -> assertThat(line).contains("\"span_id\":\"0000000000000020\""));
    assertThat(terminal.err()).isEmpty();

    terminal = CapturedTerminal.piped();
    run("export", "errors");
    assertThat(terminal.out()).startsWith("{\"id\":\"E-abcdef012345\"").hasLineCount(1);
  }

  @Test
  void payloads_areWhole_whereTheyAreAskedFor(@TempDir Path aiHome) throws Exception {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(aiHome))) {
      SampleAi.write(store.writer());
      store.writer().write(large());
    }
    String[] asked = {"export", "--payloads"};
    assertThat(RunCommands.in(aiHome, terminal, SampleMemory.CLOCK, asked)).isZero();

    List<JsonNode> payloads = new ArrayList<>();
    for (String line : terminal.out().lines().toList()) {
      new JsonMapper().readTree(line).path("payloads").forEach(payloads::add);
    }
    assertThat(payloads)
        .anySatisfy(
            payload -> {
              assertThat(payload.path("name").asText()).isEqualTo("gen_ai.tool.call.arguments");
              assertThat(payload.path("text").asText()).isEqualTo("{\"city\":\"Paris\"}");
            })
        .anyMatch(payload -> payload.path("text").asText().contains("Rain?\\nIn \\u001b[2JParis"))
        .anyMatch(payload -> payload.path("text").asText().equals(LARGE));
    assertThat(terminal.out()).doesNotContain("\u001b");
    terminal = CapturedTerminal.piped();
    RunCommands.in(aiHome, terminal, SampleMemory.CLOCK, "export");
    assertThat(terminal.out()).doesNotContain("payloads", "Paris");
  }

  private static Batch large() {
    byte[] bytes = LARGE.getBytes(StandardCharsets.UTF_8);
    SpanRow row =
        new SpanRow(
            SampleMemory.INSTANCE,
            200,
            new TraceId(8, 8),
            200,
            0,
            "SERVER",
            "http",
            "POST /upload",
            SampleMemory.MIDNIGHT,
            1,
            "ok",
            null,
            Map.of(),
            List.of(
                new PayloadReference(
                    "http.request.body", "text/plain", bytes.length, false, 0, bytes)),
            false);
    return new Batch(
        SampleMemory.INSTANCE, List.of(row), new Checkpoint(200, 200, 0), 1, 0, 0, Map.of());
  }

  @Test
  void csv_hasAHeading_andOneLineForEach_whateverTheTextSays() {
    run("export", "--format", "csv");

    assertThat(terminal.out().lines())
        .hasSize(4)
        .first()
        .isEqualTo(
            "trace_id,span_id,parent_span_id,service,instance,kind,category,name,start,duration_ns,"
                + "status,status_description,exceptions,attributes");
    assertThat(terminal.out()).contains("\r\n");
    assertThat(terminal.out().lines())
        .element(1)
        .isEqualTo(
            "aaaaaaaaaaaaaaaa0000000000000001,0000000000000010,,shop,"
                + "11111111-2222-3333-4444-555555555555,SERVER,http,POST /orders,"
                + "2026-01-01T00:00:00.005000000Z,100000000,error,,1,"
                + "\"{\"\"http.request.method\"\":\"\"POST\"\",\"\"http.response.status_code\"\":500}\"");

    terminal = CapturedTerminal.piped();
    run("export", "errors", "--format", "csv");
    assertThat(terminal.out().lines())
        .element(1)
        .asString()
        .contains(",escaped,com.acme.Orders#place,")
        .endsWith(",com.acme.NoBox,no \\u001b[31mbox\\nat all");
  }

  @Test
  void otlpJson_isWhatTheProtocolSays() throws Exception {
    run("export", "--format", "otlp-json");

    assertThat(terminal.out()).hasLineCount(1);
    JsonNode resource = new JsonMapper().readTree(terminal.out()).path("resourceSpans").path(0);
    assertThat(resource.path("resource").path("attributes").toString())
        .contains("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}")
        .contains("{\"key\":\"service.version\",\"value\":{\"stringValue\":\"1.0\"}}");
    JsonNode spans = resource.path("scopeSpans").path(0).path("spans");
    assertThat(spans).hasSize(3);
    JsonNode order = spans.path(0);
    assertThat(order.path("traceId").asText()).isEqualTo("aaaaaaaaaaaaaaaa0000000000000001");
    assertThat(order.path("spanId").asText()).isEqualTo("0000000000000010");
    assertThat(order.has("parentSpanId")).isFalse();
    assertThat(order.path("kind")).isEqualTo(new JsonMapper().readTree("2"));
    assertThat(order.path("startTimeUnixNano").toString()).isEqualTo("\"1767225600005000000\"");
    assertThat(order.path("endTimeUnixNano").toString()).isEqualTo("\"1767225600105000000\"");
    assertThat(order.path("status").toString()).isEqualTo("{\"code\":2}");
    assertThat(order.path("attributes").toString())
        .contains("{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"500\"}}");
    assertThat(order.path("events").path(0).path("name").asText()).isEqualTo("exception");
    assertThat(spans.path(1).path("parentSpanId").asText()).isEqualTo("0000000000000010");
    assertThat(spans.path(1).path("kind").asInt()).isEqualTo(3);
    assertThat(spans.path(2).path("attributes").toString())
        .contains("{\"key\":\"cached\",\"value\":{\"boolValue\":true}}")
        .contains("{\"key\":\"ratio\",\"value\":{\"doubleValue\":0.5}}");
  }

  @Test
  void filters_narrow() {
    run("export", "--limit", "1", "--since", "2026-01-01T00:00:00.05Z");
    assertThat(terminal.out()).hasLineCount(1).contains("0000000000000011");

    terminal = CapturedTerminal.piped();
    run("export", "--where", "category=sql");
    assertThat(terminal.out()).hasLineCount(1).contains("0000000000000011");

    terminal = CapturedTerminal.piped();
    run("export", "errors", "--route", "/none");
    assertThat(terminal.out()).isEmpty();

    terminal = CapturedTerminal.piped();
    assertThat(run("export", "--exit-status", "--service", "shp")).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("did you mean shop?");
  }

  @Test
  void wrongWords_areNamedWithTheNearest() {
    assertThat(run("export", "--format", "jsnl")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: --format cannot be jsnl; did you mean jsonl?");

    terminal = CapturedTerminal.piped();
    assertThat(run("export", "error")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("engram: WHAT cannot be error; did you mean errors?");

    terminal = CapturedTerminal.piped();
    assertThat(run("export", "errors", "--format", "otlp-json")).isEqualTo(2);
    assertThat(run("export", "errors", "--payloads")).isEqualTo(2);
    assertThat(run("export", "--payloads", "--format", "csv")).isEqualTo(2);
    assertThat(terminal.out()).isEmpty();

    for (List<String> option :
        List.of(List.of("--json"), List.of("-o", "csv"), List.of("--sort", "name"))) {
      terminal = CapturedTerminal.piped();
      assertThat(run(Stream.concat(Stream.of("export"), option.stream()).toArray(String[]::new)))
          .isEqualTo(2);
      assertThat(terminal.err()).startsWith("engram: unknown option " + option.get(0));
      assertThat(terminal.out()).isEmpty();
    }
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }
}
