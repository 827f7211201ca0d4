package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.MavenArtifacts;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A service with another agent is remembered as without it, whichever of the two comes first. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
@Tag("full")
class OtherAgentsIT {
  private static final String OPENTELEMETRY =
      "io.opentelemetry.javaagent:opentelemetry-javaagent:2.33.1";
  private static final String JACOCO = "org.jacoco:org.jacoco.agent:jar:runtime:0.8.15";

  private static final String[] WITHOUT_EXPORTERS = {
    "-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none"
  };

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void openTelemetryBesideUs_inBothOrders_changesNothing() {
    String other = "-javaagent:" + jar(OPENTELEMETRY);
    List<Answer> without = answers(List.of());
    assertSame(without, List.of(other, ours()), WITHOUT_EXPORTERS);
    assertSame(without, List.of(ours(), other), WITHOUT_EXPORTERS);
  }

  @Test
  void jacocoBesideUs_inBothOrders_changesNothing() {
    String other = "-javaagent:" + jar(JACOCO) + "=destfile=" + rig.folder().resolve("jacoco.exec");
    List<Answer> without = answers(List.of());
    assertSame(without, List.of(other, ours()));
    assertSame(without, List.of(ours(), other));
    assertThat(rig.folder().resolve("jacoco.exec")).isNotEmptyFile();
  }

  @Test
  void openTelemetrysTrace_isOurs_whereNobodyElseBeganOne() throws Exception {
    String other = "-javaagent:" + jar(OPENTELEMETRY);
    String first = traceOfOpenTelemetry("first", other, ours());
    String second = traceOfOpenTelemetry("second", ours(), other);

    Requests requests = rig.memory(jdk).drain().requests();
    assertThat(requests.withQuery("first"))
        .extracting(span -> span.path("trace_id").asText())
        .containsExactly(first);
    assertThat(requests.withQuery("second"))
        .extracting(span -> span.path("trace_id").asText())
        .containsExactly(second);
  }

  /** Of a request that came without one. */
  private String traceOfOpenTelemetry(String query, String... agents) throws Exception {
    Child shop =
        rig.java("shop", jdk)
            .options(agents)
            .options(WITHOUT_EXPORTERS)
            .options("-Dotel.traces.exporter=console")
            .jar(Artifacts.shop())
            .arguments("--server.port=0")
            .start();
    Traffic.toShop(shop);
    String port = shop.awaitLine(Pattern.compile("Tomcat started on port (\\d+)")).group(1);
    URI uri = URI.create("http://127.0.0.1:" + port + "/products?" + query);
    HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
    String trace =
        shop.awaitLine(Pattern.compile("'GET /products' : ([0-9a-f]{32}) [0-9a-f]{16} SERVER"))
            .group(1);
    shop.stop();
    return trace;
  }

  private void assertSame(List<Answer> without, List<String> agents, String... options) {
    int before = rig.home().toFile().exists() ? rig.memory(jdk).requests().count() : 0;
    List<Answer> answers = answers(agents, options);

    assertThat(answers).extracting(Answer::status).containsExactly(200, 404, 201, 500, 503, 200);
    assertThat(bodies(answers)).isEqualTo(bodies(without));
    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    assertThat(requests.count() - before).isEqualTo(answers.size());
    assertThat(answers).allSatisfy(requests::assertRemembered);
    assertThat(memory.trace(answers.get(2).traceId()).statements()).hasSize(3);
    assertThat(memory.trace(answers.get(3).traceId()).exceptions()).hasSize(1);
    assertThat(memory.trace(answers.get(4).traceId()).exceptions()).hasSize(1);
  }

  private List<Answer> answers(List<String> agents, String... options) {
    Child shop =
        rig.java("shop", jdk)
            .options(agents.toArray(String[]::new))
            .options(options)
            .jar(Artifacts.shop())
            .arguments("--server.port=0")
            .start();
    Traffic traffic = Traffic.toShop(shop);
    List<Answer> answers =
        List.of(
            traffic.get("/products"),
            traffic.get("/products/99"),
            traffic.post("/orders", "{\"productId\":1,\"quantity\":2}"),
            traffic.post("/orders", "{\"productId\":1,\"quantity\":13}"),
            traffic.get("/legacy"),
            traffic.get("/report"));
    shop.stop();
    return answers;
  }

  /** Without the times in them. */
  private static List<String> bodies(List<Answer> answers) {
    return answers.stream()
        .map(answer -> answer.body().replaceAll("\"timestamp\":\"[^\"]*\"", ""))
        .toList();
  }

  private static String ours() {
    return "-javaagent:" + Artifacts.agent();
  }

  private static Path jar(String coordinates) {
    return MavenArtifacts.resolve(List.of(coordinates)).get(0);
  }
}
