package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Trace;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import dev.engram.integration.healing.Episode.ByCount;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of another service that it refuses at first, by each client, with remedies in force. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class RetriedCallsIT {
  private static final List<Fixture> CLIENTS =
      List.of(
          client("JDK HttpClient", "of the JDK", "jdk-http-client"),
          client("OkHttp", "5.5.1", "okhttp", "com.squareup.okhttp3:okhttp-jvm:5.5.1"),
          client(
              "Apache HttpClient 4",
              "4.5.14",
              "apache-http-client-4",
              "org.apache.httpcomponents:httpclient:4.5.14",
              "org.slf4j:slf4j-nop:2.0.17"),
          client(
              "Apache HttpClient 5",
              "5.6.5",
              "apache-http-client-5",
              "org.apache.httpcomponents.client5:httpclient5:5.6.5",
              "org.slf4j:slf4j-nop:2.0.17"));

  private static final List<Integer> STATUSES = List.of(429, 502, 503, 504, 500, 404);

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture client;

  @Parameter(1)
  Jdk jdk;

  private FaultyPeer peer;
  private GivenRemedies remedies;
  private Traffic traffic;

  /** The JDK's client alone in the fast tier. */
  static Stream<Arguments> matrix() {
    return FixturesByTier.of(CLIENTS);
  }

  private static Fixture client(
      String framework, String version, String sources, String... coordinates) {
    return Fixture.of(framework, version, sources, coordinates).with("http-client").with("routes");
  }

  @BeforeEach
  void openPeer() throws IOException {
    peer = new FaultyPeer();
    remedies = GivenRemedies.write(rig.home(), "http 127.0.0.1:" + peer.port(), STATUSES);
    rig.expectVoice("remedies\\.json|remedy R-");
  }

  @AfterEach
  void closePeer() throws IOException {
    remedies.close();
    peer.close();
  }

  @Test
  void refusedCall_isMadeAgain_ifItMayBe_andOnlyIfTheRefusalPasses() throws IOException {
    Child service = start("-Dno-retries=true");
    Answer healed = refused("/get", "/passes", 2, FaultyPeer.status(503));
    assertThat(healed.body()).startsWith("200 ");
    assertThat(peer.received("/passes")).hasSize(3);

    for (int status : STATUSES) {
      boolean passes = status != 500 && status != 404;
      String path = "/by-status/" + status;
      Answer answer = refused("/get", path, 1, FaultyPeer.status(status));
      assertThat(answer.body()).as(path).startsWith(passes ? "200 " : status + " ");
      assertThat(peer.received(path)).as(path).hasSize(passes ? 2 : 1);
    }
    assertThat(refused("/get", "/stays", 9, FaultyPeer.status(503)).body()).startsWith("503 ");
    assertThat(peer.received("/stays")).hasSize(4);

    if (client.framework().equals("JDK HttpClient")) {
      laterAnswersAreHadAgainToo();
    }
    retryAfterIsObeyed();
    whatMayDoSomethingTwiceIsLeftAlone();
    service.stop();
    assertEachAttemptIsASpan(healed);
  }

  /** What a client is configured to send again by itself is not sent more often for us. */
  @Test
  void retriesOfTheClientsOwn_areNotMultiplied() {
    if (!client.framework().equals("Apache HttpClient 5")) {
      return;
    }
    Child service = start();
    Answer answer = refused("/get", "/own-retries", 9, FaultyPeer.status(503, "Retry-After: 0"));
    assertThat(answer.body()).startsWith("503 ");
    assertThat(peer.received("/own-retries")).hasSize(2);
    service.stop();
  }

  /** By {@code sendAsync}, with a stage that hangs on its future. */
  private void laterAnswersAreHadAgainToo() {
    assertThat(refused("/async", "/async", 2, FaultyPeer.status(503)).body()).startsWith("200 ");
    assertThat(peer.received("/async")).hasSize(3);
    assertThat(refused("/async", "/async-stays", 9, FaultyPeer.status(503)).body())
        .startsWith("503 ");
    assertThat(peer.received("/async-stays")).hasSize(4);
    assertThat(refused("/async", "/async-404", 1, FaultyPeer.status(404)).body())
        .startsWith("404 ");
    assertThat(peer.received("/async-404")).hasSize(1);
  }

  private void retryAfterIsObeyed() {
    refused("/get", "/later", 1, FaultyPeer.status(429, "Retry-After: 1"));
    List<FaultyPeer.Received> later = peer.received("/later");
    assertThat(later).hasSize(2);
    assertThat(later.get(1).nanoTime() - later.get(0).nanoTime())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());

    Answer tooLate = refused("/get", "/hour", 1, FaultyPeer.status(503, "Retry-After: 3600"));
    assertThat(tooLate.body()).startsWith("503 ");
    assertThat(peer.received("/hour")).hasSize(1);
  }

  private void whatMayDoSomethingTwiceIsLeftAlone() {
    assertThat(refused("/post", "/post", 1, FaultyPeer.status(503)).body()).startsWith("503 ");
    assertThat(peer.received("/post")).hasSize(1);
    assertThat(refused("/put", "/put", 1, FaultyPeer.status(503)).body()).startsWith("200 ");
    assertThat(peer.received("/put")).hasSize(2);
    assertThat(refused("/put", "/done", 1, FaultyPeer.status(504)).body()).startsWith("504 ");
    assertThat(peer.received("/done")).hasSize(1);
  }

  private void assertEachAttemptIsASpan(Answer healed) {
    Trace trace = rig.memory(jdk).drain().trace(healed.traceId());
    List<JsonNode> attempts =
        trace.spans("http").stream()
            .filter(span -> span.path("kind").asText().equalsIgnoreCase("CLIENT"))
            .toList();
    assertThat(attempts)
        .extracting(span -> span.path("attributes").path("http.response.status_code").asInt())
        .containsExactly(503, 503, 200);
    assertThat(attempts)
        .extracting(span -> span.path("attributes").path("http.request.resend_count").asInt())
        .containsExactly(0, 1, 2);
    List<String> sent =
        peer.received("/passes").stream().map(FaultyPeer.Received::traceparent).toList();
    assertThat(attempts)
        .extracting(span -> "00-" + healed.traceId() + "-" + span.path("span_id").asText() + "-01")
        .containsExactlyElementsOf(sent);
    assertThat(rig.memory(jdk).lines("remedies", "--json"))
        .filteredOn(it -> it.path("answer").asInt() == 503)
        .allSatisfy(it -> assertThat(it.path("resolved").asInt()).isPositive());
  }

  private Child start(String... options) {
    String[] all =
        Stream.concat(Stream.of("-Dengram.heal=auto"), Stream.of(options)).toArray(String[]::new);
    Child service = client.start(rig, jdk, all);
    traffic = Traffic.toApplication(service);
    awaitRemedies();
    return service;
  }

  /** The service reads them about once a second. */
  private void awaitRemedies() {
    await("a refused call is made again")
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                refused("/get", "/try/" + peer.requests(), 1, FaultyPeer.status(502))
                    .body()
                    .startsWith("200 "));
  }

  private Answer refused(
      String route, String path, int times, FaultyPeer.Misbehaviour misbehaviour) {
    peer.expect(path, misbehaviour, new ByCount(times));
    return ask(route, path);
  }

  private Answer ask(String route, String path) {
    try {
      return traffic.send(
          Traffic.newTraceId(), "GET", route + "?" + peer.url(path), BodyPublishers.noBody());
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }
}
