package dev.engram.integration.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A remedy through its whole life, in a service whose operations fail on a fixed schedule. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class HealingIT {
  private static final Fixture SERVICE =
      Fixture.of(
              "Healing",
              "of HikariCP 6.3",
              "healing",
              "com.zaxxer:HikariCP:6.3.3",
              "com.h2database:h2:2.4.240")
          .with("routes")
          .withApi();

  private static final Duration SWITCHED_WITHIN = Duration.ofMinutes(2);
  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);
  private static final int EVENTS = Artifacts.isFullTier() ? 40 : 20;
  private static final double HEALED = 0.9;

  /** Each gives a fifth of a repetition back; what fails here is repeated three times or so. */
  private static final int OTHERS = 8;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  private final Iterator<String> events = events();

  @Test
  void remedy_isObserved_triedAndActive_healsWhatFailedBefore_andEndsWithItsCollector()
      throws IOException {
    rig.expectVoice("switches\\.json|remedies\\.json|remedy R-");
    Child collector = rig.collector(jdk);
    Child service = SERVICE.start(rig, jdk, "-Dengram.heal=off", "-Dengram.app-packages=com.acme");
    Traffic traffic = Traffic.toApplication(service);

    offLeavesNoTrace(traffic);
    observeChangesNothing(service, traffic);
    autoLearnsToHeal(service, traffic);
    othersAreLeftAlone(traffic);
    new HarmfulFaults(traffic, this::inForce).doNoHarm();
    offAndABadFileChangeWhatTheySay(service, traffic);

    collector.kill();
    expireSoon();
    service.awaitLine(Pattern.compile("^engram: .*remedies\\.json has expired"));
    assertAsWithout(traffic, "/method?1,0", "load");
    service.stop();
  }

  private void offLeavesNoTrace(Traffic traffic) {
    for (int i = 0; i < 5; i++) {
      assertAsWithout(traffic, "/method?" + events.next(), "load");
    }
  }

  private void observeChangesNothing(Child service, Traffic traffic) {
    heal(service, "observe");
    assertAsWithout(traffic, "/own?1,0", "ask");
    for (int i = 0; i < 3; i++) {
      assertAsWithout(traffic, "/method?" + events.next(), "load");
    }
    await("it is to be tried").atMost(LEARNT_WITHIN).until(() -> inForce("#load").equals("trial"));
    List<JsonNode> remedies = memory().lines("remedies", "--json");
    JsonNode remedy = of("load", remedies);
    assertThat(remedy.path("state").asText()).isEqualTo("observed");
    assertThat(remedy.path("observed").asInt()).as("since observe").isEqualTo(3);
    assertThat(of("ask", remedies).path("unclear").asBoolean()).isTrue();
    assertThat(of("ask", remedies).path("applied").asBoolean()).isFalse();
  }

  private void autoLearnsToHeal(Child service, Traffic traffic) {
    heal(service, "on");
    await("the remedy is active")
        .atMost(LEARNT_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              Stream.generate(events::next).limit(10).forEach(it -> among(traffic, it));
              return inForce("#load").equals("active");
            });
    service.awaitLine(
        Pattern.compile("^engram: remedy R-.* acts for the first time: retry method"));
    awaitApplied(traffic);
    long healed =
        Stream.generate(events::next).limit(EVENTS).filter(it -> among(traffic, it) == 200).count();
    assertThat(healed)
        .as("of %d that all failed before", EVENTS)
        .isGreaterThanOrEqualTo((long) (HEALED * EVENTS));
  }

  private void othersAreLeftAlone(Traffic traffic) {
    for (int i = 0; i < 5; i++) {
      assertAsWithout(traffic, "/null", "defect");
      assertAsWithout(traffic, "/duplicate", "insert");
      assertAsWithout(traffic, "/transaction?1,0", "load");
      assertAsWithout(traffic, "/own?1,0", "ask");
    }
    await("a request gets a connection that it did not get before")
        .atMost(LEARNT_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> traffic.get("/connection?400").status() == 200);
    List<JsonNode> remedies = memory().lines("remedies", "--json");
    assertThat(remedies)
        .filteredOn(it -> it.path("applied").asBoolean())
        .extracting(it -> it.path("action").asText())
        .containsExactlyInAnyOrder(
            "retry method com.acme.Prices#load", "retry connection jdbc:h2:mem:shop");
    isExplained(of("load", remedies));
  }

  private void isExplained(JsonNode remedy) {
    assertThat(remedy.path("state").asText()).isEqualTo("active");
    assertThat(remedy.path("resolved_low").asDouble()).isGreaterThan(0.5);
    String id = remedy.path("remedy_id").asText();
    await("its way is remembered")
        .atMost(LEARNT_WITHIN)
        .until(() -> transitions(id).containsAll(List.of("trial", "active")));
    Child explained = memory().run("remedies", "explain", id);
    assertThat(String.join("\n", explained.out())).contains("retry method", "Active: ");
  }

  private void offAndABadFileChangeWhatTheySay(Child service, Traffic traffic) throws IOException {
    heal(service, "off");
    assertAsWithout(traffic, "/method?1,0", "load");
    heal(service, "on");
    assertThat(traffic.get("/method?1,0").status()).isEqualTo(200);

    await("the service has met a file that it does not take")
        .atMost(LEARNT_WITHIN)
        .until(
            () -> {
              // The collector replaces it every few seconds.
              spoil();
              return service.voice().stream()
                  .anyMatch(line -> line.contains("remedies.json is ignored, it needs a whole"));
            });
    assertThat(traffic.get("/method?1,0").status()).isEqualTo(200);
  }

  /** As somebody would who wants more of it. */
  private void spoil() throws IOException {
    write(text -> text.replace("\"attempts\": 6,", "\"attempts\": 60,"));
  }

  private void write(UnaryOperator<String> change) throws IOException {
    Path fresh =
        Files.createFile(
            rig.home().resolve("control/fresh"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, change.apply(Files.readString(file())));
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file() {
    return rig.home().resolve("control/remedies.json");
  }

  /** Nobody need wait for the half minute that the collector gives. It may still be spoilt. */
  private void expireSoon() throws IOException {
    String soon = "$1\"" + Instant.now().plusSeconds(3) + "\"";
    write(
        text ->
            text.replace("\"attempts\": 60,", "\"attempts\": 6,")
                .replaceFirst("(\"expires\": )\"[^\"]*\"", soon));
  }

  private String inForce(String action) {
    return InForce.of(rig.home(), action);
  }

  /** It fails, and its operation ran once. */
  private static void assertAsWithout(Traffic traffic, String path, String operation) {
    HarmfulFaults.assertRunsOnce(traffic, path, operation);
  }

  /** One failure among requests that succeed at once, without which there is soon no budget. */
  private static int among(Traffic traffic, String event) {
    for (int i = 0; i < OTHERS; i++) {
      assertThat(traffic.get("/method?0,0").status()).isEqualTo(200);
    }
    return traffic.get("/method?" + event).status();
  }

  /** The service has read that it is active, and treats every request. */
  private static void awaitApplied(Traffic traffic) {
    await("ten requests in a row are healed")
        .atMost(LEARNT_WITHIN)
        .until(
            () -> Stream.generate(() -> "1,0").limit(10).allMatch(it -> among(traffic, it) == 200));
  }

  /** Over and over: how often the operation fails, and for how long. */
  private static Iterator<String> events() {
    Fault fault =
        Faults.all().stream()
            .filter(it -> it.name().equals("method-fails"))
            .findFirst()
            .orElseThrow();
    List<String> all =
        Schedule.of(fault, Schedule.SEED).stream().map(HealingIT::timesAndMillis).toList();
    return Stream.generate(all::stream).flatMap(it -> it).iterator();
  }

  private static String timesAndMillis(Episode episode) {
    if (episode instanceof Episode.ByDuration duration) {
      return "1," + duration.length().toMillis();
    }
    int times = 0;
    while (episode.fails(times + 1, Duration.ZERO)) {
      times++;
    }
    return times + ",0";
  }

  private void heal(Child service, String word) {
    long said = words(service);
    Child command = memory().run("heal", word);
    assertThat(command.awaitExit()).as(command::describe).isZero();
    await("the service has taken " + word)
        .atMost(SWITCHED_WITHIN)
        .until(() -> words(service) > said);
  }

  private static long words(Child service) {
    return service.voice().stream().filter(line -> line.contains("switches.json")).count();
  }

  /** What was decided about a remedy. */
  private List<String> transitions(String id) {
    return memory().lines("decisions", "list", "--name", "engram.remedy", "--json").stream()
        .filter(it -> it.path("attributes").path("engram.remedy.id").asText().equals(id))
        .map(it -> it.path("chosen").asText())
        .toList();
  }

  /** The only one of a method. */
  private static JsonNode of(String method, List<JsonNode> remedies) {
    List<JsonNode> all =
        remedies.stream().filter(it -> it.path("action").asText().endsWith("#" + method)).toList();
    assertThat(all).as("remedies of " + method).hasSize(1);
    return all.get(0);
  }

  private Memory memory() {
    return rig.memory(jdk);
  }
}
