package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.coverage.ServerFixture.Route;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Requests;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a server is asked over HTTP/2, in every way that it takes it: by the upgrade of a
 * connection, whose first request is one like others, with prior knowledge, and over TLS. Each has
 * streams one after the other and at once; of the latter two one is cancelled.
 */
final class Http2Traffic {
  private static final int AT_ONCE = 20;
  private static final Pattern PLAIN = Pattern.compile("^listening on (\\d+)");
  private static final Pattern TLS = Pattern.compile("^listening over TLS on (\\d+)");

  private final ServerFixture server;
  private final List<Answer> answers = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();

  private Http2Traffic(ServerFixture server) {
    this.server = server;
  }

  static Http2Traffic send(ServerFixture server, Child service) {
    Http2Traffic traffic = new Http2Traffic(server);
    if (server.speaksHttp2()) {
      traffic.upgrade(Traffic.toApplication(service).overHttp2());
      traffic.send(Http2Client.withPriorKnowledge(port(service, PLAIN)));
    }
    if (server.speaksTls()) {
      traffic.send(Http2Client.overTls(port(service, TLS)));
    }
    return traffic;
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }

  /**
   * How many spans the cancelled streams left; a server that hands them to threads may learn of the
   * end of one before it serves it.
   */
  int cancelled(Requests requests) {
    return cancelled.stream().mapToInt(it -> requests.of(it).size()).sum();
  }

  void assertRemembered(Memory memory, Requests requests) {
    answers.forEach(it -> assertRemembered(it, requests.of(it)));
    if (Servers.isContainer(server)) {
      answers.stream()
          .filter(it -> it.path().equals("/echo"))
          .forEach(it -> assertBody(it, memory.trace(it.traceId()).spans("http").get(0)));
    }
    cancelled.forEach(it -> assertCancelled(requests.of(it)));
  }

  private void assertCancelled(List<JsonNode> spans) {
    boolean handedOn = Servers.isContainer(server) || Servers.isHelidon(server);
    assertThat(spans).hasSizeBetween(handedOn ? 0 : 1, 1);
    for (JsonNode span : spans) {
      boolean answered = span.path("attributes").has("http.response.status_code");
      assertThat(answered || span.path("status").asText().equals("error")).as("%s", span).isTrue();
    }
  }

  private void upgrade(Traffic traffic) {
    answers.add(traffic.get("/hello?name=you"));
    answers.add(traffic.post("/echo", "{\"a\":1}"));
    paths().forEach(path -> answers.add(traffic.get(path)));
  }

  private void send(Http2Client client) {
    try (client) {
      answers.add(client.post("/echo", "{\"a\":1}"));
      paths().forEach(path -> answers.add(client.get(path)));
      List<String> paths = paths().toList();
      answers.addAll(
          client.getAtOnce(IntStream.range(0, AT_ONCE).mapToObj(i -> paths.get(i % paths.size()))));
      cancelled.add(client.cancel("/echo"));
      // These may give up the whole connection with a stream whose body they were reading.
      if (!Servers.isContainer(server) && !Servers.isHelidon(server)) {
        answers.add(client.get("/hello"));
      }
    }
  }

  private Stream<String> paths() {
    Stream<String> failing =
        Servers.answersFailuresOverHttp2(server) ? Stream.of("/fail") : Stream.of();
    return Stream.of(
            Stream.of("/hello", "/items/7"), failing, server.routes().stream().map(Route::path))
        .flatMap(it -> it);
  }

  private void assertRemembered(Answer answer, JsonNode span) {
    JsonNode attributes = span.path("attributes");
    assertThat(attributes.path("network.protocol.version").asText()).as("%s", span).isEqualTo("2");
    if (answer.path().startsWith("/items")) {
      assertThat(attributes.path("http.route").asText()).isEqualTo(server.itemRoute());
    }
    assertThat(span.path("status").asText())
        .as("%s", span)
        .isEqualTo(answer.status() >= 500 ? "error" : "unset");
  }

  private static void assertBody(Answer answer, JsonNode span) {
    assertThat(Trace.payload(span, "http.request.body")).isEqualTo(answer.body());
  }

  private static int port(Child service, Pattern line) {
    return Integer.parseInt(service.awaitLine(line).group(1));
  }
}
