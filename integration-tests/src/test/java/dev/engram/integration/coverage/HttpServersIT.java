package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Load;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
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
    Child service = server.fixture().start(rig, jdk, options());
    Traffic traffic = Traffic.toApplication(service);
    List<Answer> answers = new ArrayList<>();
    answers.add(traffic.get("/hello?name=you"));
    Answer item = traffic.get("/items/7");
    answers.add(item);
    Answer echo = traffic.post("/echo", "{\"a\":1}");
    answers.add(echo);
    answers.add(traffic.get("/fail"));
    List<Answer> refused = refused(traffic);
    answers.addAll(refused);
    Answer named = named(traffic);
    answers.add(named);
    server.routes().forEach(route -> answers.add(traffic.get(route.path())));
    Http2Traffic overHttp2 = Http2Traffic.send(server, service);
    answers.addAll(overHttp2.answers());
    traffic.get("/nothing-here?missing");
    Load load = Load.start(traffic, 8, "/hello", "/items/1", "/fail");
    load.awaitMore(300).close();
    service.stop();

    Memory memory = rig.memory(jdk).drain();
    Requests requests = memory.requests();
    answers.forEach(requests::assertRemembered);
    load.answered().forEach(requests::assertRemembered);
    // What the JDK's server rejects has no trace: its headers are not known.
    int missing = requests.withQuery("missing").size();
    assertThat(missing).isLessThanOrEqualTo(1);
    int expected = answers.size() + load.answered().size();
    int stored = requests.count() - missing - overHttp2.cancelled(requests);
    assertThat(stored).isEqualTo(expected);
    assertThat(requests.routeOf(item)).isEqualTo(server.itemRoute());
    List<Answer> failed = failures(answers);
    assertThat(failed).isNotEmpty();
    failed.forEach(it -> assertFailureIsRemembered(memory, requests.of(it), it));
    refused.forEach(it -> assertBlamedRightly(memory, requests.of(it), it));
    assertHeadersAreRemembered(requests.of(named));
    overHttp2.assertRemembered(memory, requests);
    List<JsonNode> shown = new ArrayList<>(memory.trace(echo.traceId()).spans("http"));
    answers.forEach(it -> shown.add(requests.of(it)));
    Coverage.ran("HTTP server", server.fixture(), jdk, expected, stored, shown);
  }

  private String[] options() {
    return Stream.concat(
            Stream.of(server.options()),
            Stream.of("-Dengram.capture.user=plain", "-Dengram.capture.user.header=x-user"))
        .toArray(String[]::new);
  }

  /** Its headers say who asks. */
  private static Answer named(Traffic traffic) {
    List<String> headers = List.of("x-user", "ann", "x-request-id", "r-1", "x-request-id", "r-2");
    try {
      return traffic.send(Traffic.newTraceId(), "GET", "/hello", headers, BodyPublishers.noBody());
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    }
  }

  private void assertHeadersAreRemembered(JsonNode span) {
    JsonNode attributes = span.path("attributes");
    assertThat(attributes.path("user.id").asText()).isEqualTo("ann");
    assertThat(attributes.path("http.request.header.x-request-id").asText()).matches("r-1, ?r-2");
    if (Servers.isHelidon(server)) {
      assertThat(attributes.path("http.response.header.content-type").asText())
          .startsWith("text/plain");
    }
  }

  /** Of Helidon, which answers some of it in its routing and some below. */
  private List<Answer> refused(Traffic traffic) {
    if (!Servers.isHelidon(server)) {
      return List.of();
    }
    String trace = Traffic.newTraceId();
    BodyPublisher body = BodyPublishers.ofString("{}");
    try {
      return List.of(traffic.send(trace, "POST", "/echo", ";;;///", body));
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    }
  }

  /** One over HTTP/1.1 and one over HTTP/2 of each path: to be shown each takes a while. */
  private static List<Answer> failures(List<Answer> answers) {
    List<Answer> failed = answers.stream().filter(it -> it.status() >= 500).toList();
    return Stream.of("/fail", "/answered", "/crash")
        .flatMap(
            path -> {
              List<Answer> same = failed.stream().filter(it -> it.path().equals(path)).toList();
              return same.isEmpty()
                  ? Stream.of()
                  : Stream.of(same.get(0), same.get(same.size() - 1)).distinct();
            })
        .toList();
  }

  /** What the client did wrong is no failure of the service; Helidon 4.0 takes it for its own. */
  private static void assertBlamedRightly(Memory memory, JsonNode span, Answer refused) {
    boolean failed = refused.status() >= 500;
    assertThat(span.path("status").asText()).as("%s", span).isEqualTo(failed ? "error" : "unset");
    assertThat(memory.trace(refused.traceId()).exceptions()).hasSize(failed ? 1 : 0);
  }

  private static void assertFailureIsRemembered(Memory memory, JsonNode span, Answer failed) {
    assertThat(span.path("status").asText()).isEqualTo("error");
    assertThat(memory.trace(failed.traceId()).exceptions())
        .filteredOn(it -> !isOfASecondAnswer(it))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.path("thrown").toString())
                    .as("itself, or what caused the one that Helidon logs")
                    .contains("this handler never works"));
  }

  /** Jersey 4 on the JDK's server answers a failure, tries once more, and logs what that gives. */
  private static boolean isOfASecondAnswer(JsonNode exception) {
    return exception.path("thrown").path("message").asText().equals("headers already sent");
  }
}
