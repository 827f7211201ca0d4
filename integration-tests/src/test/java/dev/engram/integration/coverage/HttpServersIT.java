package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request to every server is remembered once, with its route, status and exception. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class HttpServersIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ServerFixture server;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    return Matrix.of(Servers.all(), ServerFixture::fixture);
  }

  @Test
  void everyRequest_isRememberedOnce() {
    Child service = server.fixture().start(rig, jdk);
    Traffic traffic = Traffic.toApplication(service);
    List<Answer> answers = new ArrayList<>();
    answers.add(traffic.get("/hello?name=you"));
    Answer item = traffic.get("/items/7");
    answers.add(item);
    answers.add(traffic.post("/echo", "{\"a\":1}"));
    answers.add(traffic.get("/fail"));
    server.routes().forEach(route -> answers.add(traffic.get(route.path())));
    List<Answer> overHttp2 = server.speaksHttp2() ? overHttp2(traffic) : List.of();
    answers.addAll(overHttp2);
    Answer missing = traffic.get("/nothing-here");
    Load load = Load.start(traffic, 8, "/hello", "/items/1", "/fail");
    load.awaitMore(300).close();
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    answers.forEach(requests::assertRemembered);
    load.answered().forEach(requests::assertRemembered);
    assertThat(requests.of(missing.traceId()).size()).isLessThanOrEqualTo(1);
    int expected = answers.size() + load.answered().size();
    int stored = requests.count() - requests.of(missing.traceId()).size();
    assertThat(stored).isEqualTo(expected);
    assertThat(requests.routeOf(item)).isEqualTo(server.itemRoute());
    List<Answer> failed = answers.stream().filter(it -> it.status() >= 500).toList();
    assertThat(failed).isNotEmpty();
    failed.forEach(it -> assertFailureIsRemembered(memory, requests.of(it), it));
    overHttp2.forEach(it -> assertOverHttp2(memory, it));
    Coverage.ran("HTTP server", server.fixture(), jdk, expected, stored);
  }

  /** What every server answers; a request that upgrades a connection is one like others. */
  private static List<Answer> overHttp2(Traffic traffic) {
    Traffic http2 = traffic.overHttp2();
    return List.of(
        http2.get("/hello?name=you"),
        http2.get("/items/7"),
        http2.post("/echo", "{\"a\":1}"),
        http2.get("/fail"),
        http2.get("/async"),
        http2.get("/stream"));
  }

  private void assertOverHttp2(Memory memory, Answer answer) {
    JsonNode span = memory.trace(answer.traceId()).spans("http").get(0);
    JsonNode attributes = span.path("attributes");
    assertThat(attributes.path("network.protocol.version").asText()).isEqualTo("2");
    if (answer.path().startsWith("/items")) {
      assertThat(attributes.path("http.route").asText()).isEqualTo(server.itemRoute());
    }
    if (answer.path().equals("/echo")) {
      assertThat(Trace.payload(span, "http.request.body")).isEqualTo(answer.body());
    }
  }

  private static void assertFailureIsRemembered(Memory memory, JsonNode span, Answer failed) {
    assertThat(span.path("status").asText()).isEqualTo("error");
    assertThat(memory.trace(failed.traceId()).exceptions())
        .singleElement()
        .satisfies(it -> assertThat(Trace.message(it)).isEqualTo("this handler never works"));
  }
}
