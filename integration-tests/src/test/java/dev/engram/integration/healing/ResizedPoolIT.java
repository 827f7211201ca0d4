package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pool that is too small for its users, before a database that bears more, and one that does not.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("matrix")
class ResizedPoolIT {
  private static final String H2 = "com.h2database:h2:2.4.240";

  private static final List<Fixture> POOLS =
      List.of(
          pool("of HikariCP 6.3", "resized-pool-hikaricp", "com.zaxxer:HikariCP:6.3.3", H2),
          pool(
              "of DBCP 2.14", "resized-pool-dbcp2", "org.apache.commons:commons-dbcp2:2.14.0", H2));

  /** The end of its name, whatever else its library puts before. */
  private static final String NAME = "orders";

  private static final Duration WITHIN = Duration.ofMinutes(2);

  /** Half of the episodes of a trial are left alone. */
  private static final Duration DRAWN_WITHIN = Duration.ofMinutes(6);

  /**
   * Twenty seconds of one user, whose uses take 50 ms; and eight of as many as have a connection.
   */
  private static final int USUAL_USES = 400;

  private static final int QUIET_USES = 160;
  private static final int WAITED_USES = 320;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter(0)
  Fixture pool;

  @Parameter(1)
  Jdk jdk;

  private Child collector;
  private Child service;
  private Traffic traffic;

  /** HikariCP's alone in the fast tier. */
  static Stream<Arguments> matrix() {
    return FixturesByTier.of(POOLS);
  }

  private static Fixture pool(String version, String sources, String... coordinates) {
    return Fixture.of("Resized pool", version, sources, coordinates)
        .with("resized-pool")
        .with("routes");
  }

  @Test
  void itIsLarger_onceAPersonHasSaidSo_andHasItsOwnSizeBack_whenItIsSwitchedOff() {
    start(100);
    String id = isSeen_andNothingIsDone();
    rig.memory(jdk).run("remedies", "approve", id);
    isMadeLarger();
    await("all have a connection").atMost(WITHIN).until(() -> pool().equals(List.of(4, 4, 0)));
    service.awaitLine(
        Pattern.compile("^engram: remedy R-.* acts for the first time: resize pool .*" + NAME));
    await("that it helped is remembered").atMost(WITHIN).until(() -> treated("resolved") == 1);
    assertThat(String.join("\n", rig.memory(jdk).run("remedies", "explain", id).out()))
        .contains("1 of 1 times that the pool was made larger nobody waited any more");

    rig.memory(jdk).run("heal", "off");
    await("it has its own size, and no connection too many")
        .atMost(WITHIN)
        .until(() -> pool().subList(0, 2).equals(List.of(2, 2)));
    int before = uses();
    await("its users go on").atMost(WITHIN).until(() -> uses() > before + QUIET_USES);
    stop();
  }

  @Test
  void itHasItsOwnSizeBackAtOnce_whereTheDatabaseBearsNoMore() {
    start(2);
    String id = isSeen_andNothingIsDone();
    rig.memory(jdk).run("remedies", "approve", id);
    isMadeLarger();
    await("that it did harm is remembered").atMost(WITHIN).until(() -> treated("treated") == 1);
    assertThat(treated("resolved")).isZero();
    await("it has its own size, and no connection too many")
        .atMost(WITHIN)
        .until(() -> pool().subList(0, 2).equals(List.of(2, 2)));
    stop();
  }

  private void start(int atOnce) {
    rig.expectVoice("switches\\.json|remedies\\.json|remedy R-");
    collector = rig.collector(jdk);
    service = pool.start(rig, jdk, "-Dengram.heal=auto", "-DatOnce=" + atOnce);
    traffic = Traffic.toApplication(service);
    users(1);
    awaitUses(USUAL_USES);
  }

  private void stop() {
    collector.kill();
    service.stop();
  }

  private String isSeen_andNothingIsDone() {
    users(4);
    await("it is seen").atMost(WITHIN).until(() -> !resized().isEmpty());
    JsonNode remedy = resized().get(0);
    assertThat(remedy.path("action").asText()).endsWith(NAME);
    assertThat(remedy.path("state").asText()).isEqualTo("observed");
    assertThat(remedy.path("applied").asBoolean()).as("it waits for a person").isFalse();
    assertThat(pool().get(0)).isEqualTo(2);
    return remedy.path("remedy_id").asText();
  }

  /** An episode ends when nobody waits; the next one may be drawn to be treated. */
  private void isMadeLarger() {
    await("it is tried").atMost(WITHIN).until(() -> InForce.of(rig.home(), NAME).equals("trial"));
    await("an episode is treated")
        .atMost(DRAWN_WITHIN)
        .until(
            () -> {
              users(1);
              awaitUses(QUIET_USES);
              users(4);
              int until = uses() + WAITED_USES;
              await().atMost(WITHIN).until(() -> pool().get(0) == 4 || uses() >= until);
              return pool().get(0) == 4;
            });
  }

  private void awaitUses(int more) {
    int until = uses() + more;
    await("it is used").atMost(WITHIN).until(() -> uses() >= until);
  }

  private void users(int count) {
    answer("/users?" + count);
  }

  private int uses() {
    return Integer.parseInt(answer("/uses"));
  }

  /** How many connections there may be, how many there are, and how many users wait. */
  private List<Integer> pool() {
    return Pattern.compile(" ").splitAsStream(answer("/pool")).map(Integer::valueOf).toList();
  }

  private String answer(String path) {
    Traffic.Answer answer = traffic.get(path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.body();
  }

  private int treated(String what) {
    return resized().stream().mapToInt(it -> it.path(what).asInt()).sum();
  }

  private List<JsonNode> resized() {
    return rig.memory(jdk).lines("remedies", "--json").stream()
        .filter(it -> it.path("kind").asText().equals("resize"))
        .toList();
  }
}
