package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.coverage.HttpClients.Can;
import dev.engram.integration.coverage.HttpClients.ClientFixture;
import dev.engram.integration.coverage.Peer.Way;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
  private record Call(String route, Way way, String target, List<Integer> statuses) {
    Call(String route, Way way, String target, Integer... statuses) {
      this(route, way, target, List.of(statuses));
    }

    boolean isRefused() {
      return way == Way.REFUSED;
    }

    Set<Can> needs() {
      Set<Can> needs = EnumSet.noneOf(Can.class);
      if (way == Way.PROXY || way == Way.TUNNEL) {
        needs.add(Can.USE_A_PROXY);
      }
      if (route.equals("/async") && (way == Way.TLS || way == Way.TUNNEL)) {
        needs.add(Can.CALL_SECURELY_ASYNC);
      }
      return needs;
    }

    /** What the application itself sends, in a request of this trace; null for none. */
    @Nullable String traceparent(String traceId) {
      return switch (route) {
        case "/own" -> OWN;
        case "/copied" -> Traffic.traceparent(traceId);
        default -> null;
      };
    }

    String method() {
      return route.equals("/post") ? "POST" : "GET";
    }
  }

  /** A call that was made, the trace it was made in, and what the peer received meanwhile. */
  private record Made(Call call, Answer answer, List<Peer.Received> received) {}

  private static final List<Call> CALLS =
      List.of(
          new Call("/get", Way.HTTP_1, "/ok?page=2", 200),
          new Call("/get", Way.HTTP_1, "/missing", 404),
          new Call("/get", Way.HTTP_1, "/broken", 500),
          new Call("/get", Way.HTTP_1, "/redirect", 302, 200),
          new Call("/get", Way.REFUSED, "/refused", 0),
          new Call("/post", Way.HTTP_1, "/echo", 200),
          new Call("/own", Way.HTTP_1, "/ok", 200),
          new Call("/copied", Way.HTTP_1, "/ok?traceparent=", 200),
          new Call("/copied", Way.HTTP_1, "/redirect?traceparent=", 302, 200),
          new Call("/async", Way.HTTP_1, "/ok", 200),
          new Call("/async", Way.HTTP_1, "/missing", 404),
          new Call("/async", Way.HTTP_1, "/redirect", 302, 200),
          new Call("/async", Way.REFUSED, "/refused", 0),
          new Call("/http2", Way.HTTP_2, "/ok?page=2", 200),
          new Call("/http2", Way.HTTP_2, "/missing", 404),
          new Call("/get", Way.TLS, "/ok?page=2", 200),
          new Call("/post", Way.TLS, "/echo", 200),
          new Call("/own", Way.TLS, "/ok", 200),
          new Call("/async", Way.TLS, "/redirect", 302, 200),
          new Call("/get", Way.PROXY, "/ok?page=2", 200),
          new Call("/async", Way.PROXY, "/redirect", 302, 200),
          new Call("/get", Way.TUNNEL, "/ok?page=2", 200),
          new Call("/async", Way.TUNNEL, "/missing", 404));

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  ClientFixture client;

  @Parameter(1)
  Jdk jdk;

  private Peer peer;

  static Stream<Arguments> matrix() {
    return Matrix.of(HttpClients.all(), ClientFixture::fixture);
  }

  @BeforeEach
  void openPeer() throws Exception {
    peer = new Peer(rig.folder());
  }

  @AfterEach
  void closePeer() throws Exception {
    peer.close();
  }

  @Test
  void everyAttempt_isASpan_andCarriesItsTraceparent() throws IOException {
    String traceId = Traffic.newTraceId();
    List<Made> bare = makeCalls(traceId, client.fixture().startBare(rig, jdk, peer.options()));
    bare.forEach(HttpClientsIT::assertReceivedBare);
    List<Made> made = makeCalls(traceId, client.fixture().start(rig, jdk, peer.options()));
    Trace trace = rig.memory(jdk).drain().trace(traceId);

    int expected = 0;
    List<JsonNode> stored = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      Made call = made.get(i);
      assertThat(call.answer().body()).as("%s", call).isEqualTo(bare.get(i).answer().body());
      List<JsonNode> attempts = attempts(trace, i);
      assertAttempts(call, attempts);
      assertFailureIsRemembered(trace, call, attempts.get(0));
      expected += expected(call.call()).size();
      stored.addAll(attempts);
    }
    assertThat(trace.spans("http")).hasSize(made.size() + expected);
    Coverage.ran("HTTP client", client.fixture(), jdk, expected, stored);
  }

  private List<Made> makeCalls(String traceId, Child service) throws IOException {
    Traffic traffic = Traffic.toApplication(service);
    List<Made> made = new ArrayList<>();
    for (Call call : calls()) {
      String copied = call.route().equals("/copied") ? call.traceparent(traceId) : "";
      String url = peer.url(call.way(), call.target() + copied);
      Answer answer =
          traffic.send(traceId, "GET", call.route() + "?" + url, BodyPublishers.noBody());
      made.add(new Made(call, answer, peer.takeReceived()));
    }
    service.stop();
    return made;
  }

  private List<Call> calls() {
    return CALLS.stream().filter(call -> client.can().containsAll(call.needs())).toList();
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
      assertThat(attributes.path("server.address").asText())
          .isEqualTo(URI.create(peer.url(made.call().way(), "/")).getHost());
      assertThat(attributes.path("http.response.status_code").asInt()).isEqualTo(statuses.get(i));
      assertThat(attributes.path("http.request.resend_count").asInt()).isEqualTo(i);
      if (!made.call().isRefused()) {
        assertReceived(made, span, made.received().get(i));
      }
    }
    assertThat(made.received()).hasSize(made.call().isRefused() ? 0 : statuses.size());
  }

  private static void assertReceivedBare(Made made) {
    String own = made.call().traceparent(made.answer().traceId());
    assertThat(made.received())
        .allSatisfy(
            it -> assertThat(it.traceparent()).isEqualTo(own == null ? List.of() : List.of(own)));
  }

  private void assertReceived(Made made, JsonNode span, Peer.Received received) {
    JsonNode attributes = span.path("attributes");
    String sent =
        made.call().route().equals("/own")
            ? OWN
            : "00-" + made.answer().traceId() + "-" + span.path("span_id").asText() + "-01";
    assertThat(received.traceparent()).as("%s", made).containsExactly(sent);
    assertThat(received.method()).isEqualTo(made.call().method());
    assertThat(received.url()).startsWith(peer.url(made.call().way(), "/"));
    assertThat(attributes.path("url.full").asText()).isEqualTo(received.url());
    assertThat(attributes.path("server.port").asInt())
        .isEqualTo(URI.create(received.url()).getPort());
    boolean asksForHttp2 = made.call().route().equals("/http2");
    if (asksForHttp2 && client.can().contains(Can.SPEAK_HTTP_2)) {
      assertThat(received.protocol()).isEqualTo("HTTP/2.0");
    }
    assertThat(attributes.path("network.protocol.version").asText())
        .isEqualTo(received.protocol().equals("HTTP/2.0") ? "2" : "1.1");
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
