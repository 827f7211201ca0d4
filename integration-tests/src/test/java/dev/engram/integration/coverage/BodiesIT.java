package dev.engram.integration.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is remembered of the bodies of every servlet server. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class BodiesIT {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ORDER = "{\"item\":\"grüße €\",\"password\":\"s3cr3t\"}";
  private static final String REMEMBERED = "{\"item\":\"grüße €\",\"password\":\"[redacted]\"}";
  private static final int MIB = 1 << 20;

  /** Far more than the heap could hold. */
  private static final int UPLOAD = 100 * MIB;

  private static final Upload SMALL = new Upload(11);
  private static final Upload LARGE = new Upload(UPLOAD);
  private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+)");

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ServerFixture server;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Servers.containers();
  }

  @Test
  void bodies_areRememberedAsTheyPass() throws IOException {
    Child service = server.fixture().start(rig, jdk, "-Xmx80m");
    Traffic traffic = Traffic.toApplication(service);
    Answer echo = post(traffic, "/echo", "application/json", ORDER);
    Answer own = post(traffic, isSpring() ? "/order" : "/non-blocking", "application/json", ORDER);
    Answer form = post(traffic, "/parameter", FORM, "name=alice&password=s3cr3t");
    Answer upload = upload(traffic);
    int port = Integer.parseInt(service.awaitLine(LISTENING).group(1));
    Answer parts = SMALL.send(port, "/parts");
    Answer many = isSpring() ? null : LARGE.send(port, "/count");
    Answer lines =
        isSpring() ? null : post(traffic, "/reader", "text/plain;charset=utf-8", "größe\nb\n");
    service.stop();
    assertThat(echo.body()).isEqualTo(ORDER);
    assertThat(form.body()).isEqualTo("name alice");
    assertThat(upload.body()).isEqualTo(String.valueOf(UPLOAD));

    Memory memory = rig.memory(jdk).drain();
    assertBodies(span(memory, echo), REMEMBERED, isSpring() ? null : REMEMBERED);
    assertBodies(span(memory, own), REMEMBERED, REMEMBERED);
    assertForm(span(memory, form));
    assertUpload(span(memory, upload));
    assertThat(parts.body()).isEqualTo("file " + SMALL.size() + " name file");
    assertParts(span(memory, parts), SMALL);
    if (many != null) {
      assertThat(Long.parseLong(many.body())).isGreaterThan(LARGE.size());
      assertParts(span(memory, many), LARGE);
    }
    if (lines != null) {
      assertThat(lines.body().lines()).containsExactly("größe|5", "b|1");
      assertBodies(span(memory, lines), "größe\nb\n", lines.body());
    }
  }

  private static void assertBodies(JsonNode span, String request, String response) {
    assertThat(Trace.payload(span, "http.request.body")).isEqualTo(request);
    if (response != null) {
      assertThat(Trace.payload(span, "http.response.body")).isEqualTo(response);
    }
  }

  /** Jetty 12 and Undertow read forms below their streams. */
  private void assertForm(JsonNode span) {
    if (isSpring() || is(server, "Tomcat")) {
      assertBodies(span, "name=alice&password=[redacted]", "name alice");
    }
    assertThat(span.path("attributes").path("http.request.body.size").asInt()).isEqualTo(26);
    assertThat(span.toString()).doesNotContain("s3cr3t");
  }

  private static void assertUpload(JsonNode span) {
    assertThat(span.path("attributes").path("http.request.body.size").asInt()).isEqualTo(UPLOAD);
    JsonNode payload = span.path("payloads").get(0);
    assertThat(payload.path("name").asText()).isEqualTo("http.request.body");
    assertThat(payload.path("size").asInt()).isEqualTo(UPLOAD);
    assertThat(payload.path("complete").asBoolean()).isFalse();
  }

  /** Nothing of what the parts hold. */
  private static void assertParts(JsonNode span, Upload upload) {
    assertThat(Trace.payload(span, "http.request.body.parts")).isEqualTo(upload.parts());
    assertThat(span.path("payloads").toString()).doesNotContain("http.request.body\"", "alice");
    assertThat(span.path("attributes").path("http.request.body.size").asInt())
        .isGreaterThan(upload.size());
  }

  private static Answer post(Traffic traffic, String path, String type, String text)
      throws IOException {
    return traffic.send(
        Traffic.newTraceId(), "POST", path, type, BodyPublishers.ofString(text, UTF_8));
  }

  private static Answer upload(Traffic traffic) throws IOException {
    byte[] block = "[1,2,3] ".repeat(MIB / 8).getBytes(UTF_8);
    return traffic.send(
        Traffic.newTraceId(),
        "POST",
        "/count",
        "application/json",
        BodyPublishers.ofByteArrays(Collections.nCopies(UPLOAD / MIB, block)));
  }

  private static JsonNode span(Memory memory, Answer answer) {
    List<JsonNode> spans = memory.trace(answer.traceId()).spans("http");
    assertThat(spans).as("spans of " + answer).hasSize(1);
    return spans.get(0);
  }

  private boolean isSpring() {
    return is(server, "Spring");
  }

  private static boolean is(ServerFixture server, String framework) {
    return server.fixture().framework().startsWith(framework);
  }
}
