package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.coverage.HttpClients.ClientFixture;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every attempt of every client is a CLIENT span below the request it was made in, and the server
 * that was called has received exactly that span's {@code traceparent}.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class HttpClientsIT {
  private static final String OWN = "00-11111111111111111111111111111111-2222222222222222-01";

  /**
   * A request to the fixture that makes it call the peer.
   *
   * @param statuses of the attempts; 0 where nobody answers
   */
  private record Call(String route, String target, List<Integer> statuses) {
    boolean isRefused() {
      return statuses.contains(0);
    }

    String method() {
      return route.equals("/post") ? "POST" : "GET";
    }
  }

  /** A call that was made, the trace it was made in, and what the peer received meanwhile. */
  private record Made(Call call, Answer answer, List<Peer.Received> received) {}

  private static final List<Call> CALLS =
      List.of(
          new Call("/get", "/ok?page=2", List.of(200)),
          new Call("/get", "/missing", List.of(404)),
          new Call("/get", "/broken", List.of(500)),
          new Call("/get", "/redirect", List.of(302, 200)),
          new Call("/get", "/refused", List.of(0)),
          new Call("/post", "/echo", List.of(200)),
          new Call("/own", "/ok", List.of(200)),
          new Call("/async", "/ok", List.of(200)),
          new Call("/async", "/missing", List.of(404)),
          new Call("/async", "/redirect", List.of(302, 200)),
          new Call("/async", "/refused", List.of(0)));

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ClientFixture client;

  @Parameter(1)
  Jdk jdk;

  private final Peer peer = new Peer();

  static Stream<Arguments> matrix() {
    return Matrix.of(HttpClients.all(), ClientFixture::fixture);
  }

  @AfterEach
  void closePeer() {
    peer.close();
  }

  @Test
  void everyAttempt_isASpan_andCarriesItsTraceparent() throws IOException {
    List<Made> bare = makeCalls(client.fixture().startBare(rig, jdk));
    assertThat(bare)
        .flatMap(Made::received)
        .filteredOn(it -> !it.traceparent().isEmpty())
        .allSatisfy(it -> assertThat(it.traceparent()).containsExactly(OWN));
    List<Made> made = makeCalls(client.fixture().start(rig, jdk));
    Trace trace = rig.memory(jdk).drain().trace(made.get(0).answer().traceId());

    int expected = 0;
    int stored = 0;
    for (int i = 0; i < CALLS.size(); i++) {
      Made call = made.get(i);
      assertThat(call.answer().body()).as("%s", call).isEqualTo(bare.get(i).answer().body());
      List<JsonNode> attempts = attempts(trace, i);
      assertAttempts(call, attempts);
      assertFailureIsRemembered(trace, call, attempts.get(0));
      expected += expected(call.call()).size();
      stored += attempts.size();
    }
    assertThat(trace.spans("http")).hasSize(CALLS.size() + expected);
    Coverage.ran("HTTP client", client.fixture(), jdk, expected, stored);
  }

  private List<Made> makeCalls(Child service) throws IOException {
    Traffic traffic = Traffic.toApplication(service);
    String traceId = Traffic.newTraceId();
    List<Made> made = new ArrayList<>();
    for (Call call : CALLS) {
      String url = call.isRefused() ? peer.refusedUrl(call.target()) : peer.url(call.target());
      Answer answer =
          traffic.send(traceId, "GET", call.route() + "?" + url, BodyPublishers.noBody());
      made.add(new Made(call, answer, peer.takeReceived()));
    }
    service.stop();
    return made;
  }

  /** The attempts below the SERVER span of a call; calls were made one after the other. */
  private static List<JsonNode> attempts(Trace trace, int call) {
    List<JsonNode> http = trace.spans("http");
    JsonNode server =
        http.stream()
            .filter(span -> span.path("kind").asText().equalsIgnoreCase("SERVER"))
            .toList()
            .get(call);
    return http.stream()
        .filter(span -> span.path("kind").asText().equalsIgnoreCase("CLIENT"))
        .filter(span -> span.path("parent_span_id").equals(server.path("span_id")))
        .toList();
  }

  private List<Integer> expected(Call call) {
    return call.isRefused() ? Collections.nCopies(client.connects(), 0) : call.statuses();
  }

  private void assertAttempts(Made made, List<JsonNode> attempts) {
    List<Integer> statuses = expected(made.call());
    assertThat(attempts).as("attempts of %s", made).hasSize(statuses.size());
    for (int i = 0; i < statuses.size(); i++) {
      JsonNode span = attempts.get(i);
      JsonNode attributes = span.path("attributes");
      assertThat(span.path("name").asText()).isEqualTo(made.call().method());
      assertThat(attributes.path("http.request.method").asText()).isEqualTo(made.call().method());
      assertThat(attributes.path("server.address").asText()).isEqualTo("127.0.0.1");
      assertThat(attributes.path("http.response.status_code").asInt()).isEqualTo(statuses.get(i));
      assertThat(attributes.path("http.request.resend_count").asInt()).isEqualTo(i);
      if (!made.call().isRefused()) {
        assertReceived(made, span, made.received().get(i));
      }
    }
    assertThat(made.received()).hasSize(made.call().isRefused() ? 0 : statuses.size());
  }

  private void assertReceived(Made made, JsonNode span, Peer.Received received) {
    JsonNode attributes = span.path("attributes");
    String sent =
        made.call().route().equals("/own")
            ? OWN
            : "00-" + made.answer().traceId() + "-" + span.path("span_id").asText() + "-01";
    assertThat(received.traceparent()).as("%s", made).containsExactly(sent);
    assertThat(received.method()).isEqualTo(made.call().method());
    assertThat(attributes.path("url.full").asText()).isEqualTo(peer.url(received.target()));
    assertThat(attributes.path("server.port").asInt()).isEqualTo(peer.port());
    assertThat(attributes.path("network.protocol.version").asText()).isEqualTo("1.1");
  }

  private static void assertFailureIsRemembered(Trace trace, Made made, JsonNode first) {
    int status = made.call().statuses().get(0);
    String errorType = first.path("attributes").path("error.type").asText();
    long exceptions =
        trace.exceptions().stream()
            .filter(it -> it.path("span_id").equals(first.path("span_id")))
            .count();
    assertThat(first.path("status").asText()).isEqualTo(isFailure(status) ? "error" : "unset");
    assertThat(exceptions).as("exceptions of %s", made).isEqualTo(status == 0 ? 1 : 0);
    if (status == 0) {
      assertThat(errorType).endsWith("Exception");
    } else {
      assertThat(errorType).isEqualTo(status >= 400 ? Integer.toString(status) : "");
    }
  }

  private static boolean isFailure(int status) {
    return status == 0 || status >= 400;
  }
}
