package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
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

/** Another service that bears fewer than half of the calls that would be made of it at once. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class LimitIT {
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

  /** Where the machine is busy pairs of windows go badly, and each costs a minute. */
  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(8);

  /** Each look starts a JVM, which the windows must not suffer from. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  /** Few, and slow answers: what a busy machine adds to each call is little beside them. */
  private static final int CALLERS = 10;

  private static final int AT_ONCE = 4;
  private static final long MILLIS = 200;

  /** Enough to tell a share by. */
  private static final int CALLS = 300;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture client;

  @Parameter(1)
  Jdk jdk;

  private BusyPeer peer;

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
    peer = new BusyPeer(AT_ONCE, MILLIS);
    rig.expectVoice("switches\\.json|remedies\\.json|remedy R-");
  }

  @AfterEach
  void closePeer() {
    peer.close();
  }

  @Test
  void serviceThatRefusesAPart_isAskedByFewerAtOnce_onceAPersonHasSaidSo() {
    Child collector = rig.collector(jdk);
    Child service = start("auto");
    try (Callers callers = callers(service)) {
      String id = isSeen_andNothingIsDone();
      double alone = refusedShare();
      rig.memory(jdk).run("remedies", "approve", id);
      assertComparedAndBetter(id);

      rig.memory(jdk).run("heal", "off");
      await("as many are refused as before")
          .atMost(LEARNT_WITHIN)
          .until(() -> refusedShare() > alone / 2);
      assertThat(callers.wrong()).isEmpty();
    }
    collector.kill();
    service.stop();
  }

  @Test
  void withHealingOff_nothingIsDone_andNothingIsNoted() {
    Child service = start("off");
    try (Callers callers = callers(service)) {
      for (int i = 0; i < 3; i++) {
        assertThat(refusedShare()).isGreaterThan(0.4);
      }
      assertThat(callers.wrong()).isEmpty();
    }
    service.stop();
    assertThat(rig.memory(jdk).drain().lines("remedies", "--json")).isEmpty();
  }

  private Child start(String heal) {
    return client.start(
        rig,
        jdk,
        "-Dengram.heal=" + heal,
        "-Dno-retries=true",
        "-Dhandlers=" + CALLERS,
        // Apache's clients have two or five connections to a host unless they are told otherwise.
        "-Dhttp.maxConnections=" + CALLERS);
  }

  private Callers callers(Child service) {
    return new Callers(CALLERS, Traffic.toApplication(service), "/post?" + peer.url());
  }

  private String isSeen_andNothingIsDone() {
    JsonNode observed =
        await("it is seen")
            .atMost(LEARNT_WITHIN)
            .pollInterval(BETWEEN_LOOKS)
            .until(this::limits, it -> it.size() == 1)
            .get(0);
    assertThat(observed.path("action").asText()).isEqualTo("limit " + place());
    assertThat(observed.path("state").asText()).isEqualTo("observed");
    assertThat(observed.path("applied").asBoolean()).as("it waits for a person").isFalse();
    String id = observed.path("remedy_id").asText();
    assertThat(explained(id)).contains("engram remedies approve " + id);
    return id;
  }

  /** Where the machine has no time for the service, single windows say nothing; sums do. */
  private void assertComparedAndBetter(String id) {
    JsonNode limit =
        await("windows were compared, and some of them with success")
            .atMost(LEARNT_WITHIN)
            .pollInterval(BETWEEN_LOOKS)
            .until(() -> triedStill(id), LimitIT::isCompared);
    assertThat(limit.path("control").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(limit.path("refused").asInt()).isLessThan(limit.path("refused_alone").asInt() / 2);
    assertThat(limit.path("added_ns").asLong()).as("some have waited").isPositive();
    assertThat(explained(id)).contains("were refused with the limit and");
  }

  /** What two bad pairs have withdrawn a person may approve again. */
  private JsonNode triedStill(String id) {
    JsonNode limit = limits().get(0);
    if (limit.path("state").asText().equals("withdrawn")) {
      rig.memory(jdk).run("remedies", "approve", id);
    }
    return limit;
  }

  private static boolean isCompared(JsonNode limit) {
    return limit.path("treated").asInt() >= 2 && limit.path("resolved").asInt() >= 1;
  }

  private String explained(String id) {
    return String.join("\n", rig.memory(jdk).run("remedies", "explain", id).out());
  }

  /** Of the next calls. */
  private double refusedShare() {
    int refusedBefore = peer.refused();
    int before = peer.answered() + refusedBefore;
    await("calls are made")
        .atMost(LEARNT_WITHIN)
        .until(() -> peer.answered() + peer.refused() - before >= CALLS);
    int refused = peer.refused() - refusedBefore;
    return (double) refused / (peer.answered() + peer.refused() - before);
  }

  private String place() {
    return "http 127.0.0.1:" + peer.port();
  }

  private List<JsonNode> limits() {
    return rig.memory(jdk).lines("remedies", "--json").stream()
        .filter(it -> it.path("kind").asText().equals("limit"))
        .toList();
  }
}
