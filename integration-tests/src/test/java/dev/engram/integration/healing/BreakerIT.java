package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import dev.engram.integration.healing.Episode.ByCount;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Another service that answers nothing but failures, from the first until it is back. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class BreakerIT {
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

  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);
  private static final int FOR_EVER = Integer.MAX_VALUE;
  private static final String DOWN = "/down";

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture client;

  @Parameter(1)
  Jdk jdk;

  private FaultyPeer peer;
  private Traffic traffic;
  private String place;

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
    place = "http 127.0.0.1:" + peer.port();
    rig.expectVoice("switches\\.json|remedies\\.json|remedy R-");
  }

  @AfterEach
  void closePeer() throws IOException {
    peer.close();
  }

  @Test
  void serviceThatIsDown_isNotCalledAnyMore_onceAPersonHasSaidSo_untilItIsBack() {
    Child collector = rig.collector(jdk);
    Child service = client.start(rig, jdk, "-Dengram.heal=auto", "-Dno-retries=true");
    traffic = Traffic.toApplication(service);
    peer.expect(DOWN, FaultyPeer.status(503), new ByCount(FOR_EVER));

    JsonNode observed = itIsSeen_andNothingIsDone();
    approved(observed.path("remedy_id").asText());
    callsFailAtOnce_butForThoseThatSee();
    laterCallsFailAtOnceToo();
    itIsCalledAgain_onceItIsBack();
    assertSpared(observed.path("remedy_id").asText());

    collector.kill();
    service.stop();
  }

  private JsonNode itIsSeen_andNothingIsDone() {
    await("it is seen")
        .atMost(LEARNT_WITHIN)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              assertThat(ask(DOWN).body()).startsWith("503 ");
              return breakers().size() == 1;
            });
    JsonNode observed = breakers().get(0);
    assertThat(observed.path("state").asText()).isEqualTo("observed");
    assertThat(observed.path("applied").asBoolean()).as("it waits for a person").isFalse();
    int before = peer.received(DOWN).size();
    for (int i = 0; i < 20; i++) {
      assertThat(ask(DOWN).body()).startsWith("503 ");
    }
    assertThat(peer.received(DOWN)).hasSize(before + 20);
    return observed;
  }

  private void approved(String id) {
    Child explained = rig.memory(jdk).run("remedies", "explain", id);
    assertThat(String.join("\n", explained.out()))
        .contains("breaker " + place, "error      any", "engram remedies approve " + id);
    rig.memory(jdk).run("remedies", "approve", id);
    await("it is tried")
        .atMost(LEARNT_WITHIN)
        .until(() -> InForce.of(rig.home(), place).equals("trial"));
  }

  /** Half of the requests are left alone; of the others one in a while. */
  private void callsFailAtOnce_butForThoseThatSee() {
    await("a call is not made")
        .atMost(LEARNT_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> isSpared(ask(DOWN)));
    int requests = 100;
    int before = peer.received(DOWN).size();
    for (int i = 0; i < requests; i++) {
      Answer answer = ask(DOWN);
      assertThat(isSpared(answer) || answer.body().startsWith("503 ")).isTrue();
    }
    // Of 100 draws at a half, 25 and 75 are five standard deviations off; and some see.
    assertThat(peer.received(DOWN).size() - before).isBetween(25, 80);
    await("most of those that saw have found it down")
        .atMost(LEARNT_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              ask(DOWN);
              return breakers().get(0).path("state").asText().equals("active");
            });
  }

  /** By {@code sendAsync}, where the client has it beside the other way. */
  private void laterCallsFailAtOnceToo() {
    if (client.framework().equals("JDK HttpClient")) {
      await("a later call is not made")
          .atMost(LEARNT_WITHIN)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> isSpared(ask("/async", DOWN)));
    }
  }

  /** One call that is answered is enough, whichever it is. */
  private void itIsCalledAgain_onceItIsBack() {
    await("all calls are made again")
        .atMost(LEARNT_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> ask("/fine").body().startsWith("200 "));
    for (int i = 0; i < 20; i++) {
      assertThat(ask("/fine").body()).startsWith("200 ");
    }
  }

  private void assertSpared(String id) {
    await("that one call was answered is remembered")
        .atMost(LEARNT_WITHIN)
        .until(
            () -> {
              JsonNode breaker = breakers().get(0);
              return breaker.path("probes").asInt() == breaker.path("probes_failed").asInt() + 1;
            });
    assertThat(breakers().get(0).path("treated").asInt()).isPositive();
    assertThat(breakers().get(0).path("resolved").asInt()).isZero();
    Child explained = rig.memory(jdk).run("remedies", "explain", id);
    assertThat(String.join("\n", explained.out()))
        .contains("calls failed at once and were not made", "were let through to see");
  }

  private static boolean isSpared(Answer answer) {
    return answer.status() == 500 && answer.body().contains("not called");
  }

  private List<JsonNode> breakers() {
    return rig.memory(jdk).lines("remedies", "--json").stream()
        .filter(it -> it.path("kind").asText().equals("breaker"))
        .toList();
  }

  /** A POST, which is never made again, so that as many come as are made. */
  private Answer ask(String path) {
    return ask("/post", path);
  }

  private Answer ask(String route, String path) {
    try {
      return traffic.send(
          Traffic.newTraceId(), "GET", route + "?" + peer.url(path), BodyPublishers.noBody());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
