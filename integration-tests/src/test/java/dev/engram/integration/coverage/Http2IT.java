package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every stream of an HTTP/2 connection is a request of its own, also the first, by which a
 * connection was upgraded.
 */
@Tag("full")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class Http2IT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ServerFixture server;

  @Parameter(1)
  Jdk jdk;

  static Stream<Arguments> matrix() {
    List<ServerFixture> servers =
        Stream.of("2.7.18", "3.5.9", "4.1.2").map(Servers::webFlux).toList();
    return Matrix.of(servers, ServerFixture::fixture);
  }

  @Test
  void everyStream_isRememberedOnce() {
    Child service = server.fixture().start(rig, jdk, "-Dserver.http2.enabled=true");
    Traffic traffic = Traffic.toApplication(service).overHttp2();
    List<Answer> answers = new ArrayList<>();
    answers.add(traffic.get("/hello?name=you"));
    Answer item = traffic.get("/items/7");
    answers.add(item);
    answers.add(traffic.post("/echo", "{\"a\":1}"));
    answers.add(traffic.get("/fail"));
    server.routes().forEach(route -> answers.add(traffic.get(route.path())));
    Load load = Load.start(traffic, 8, "/hello", "/async", "/fail");
    load.awaitMore(300).close();
    service.stop();

    Requests requests = rig.memory(jdk).drain().requests();
    answers.forEach(requests::assertRemembered);
    load.answered().forEach(requests::assertRemembered);
    int expected = answers.size() + load.answered().size();
    assertThat(requests.count()).isEqualTo(expected);
    assertThat(requests.routeOf(item)).isEqualTo(server.itemRoute());
    assertThat(requests.of(item).path("attributes").path("http.request.header.content-type"))
        .hasToString("\"application/json\"");
    Coverage.ran("HTTP/2 server", server.fixture(), jdk, expected, requests.count());
  }
}
