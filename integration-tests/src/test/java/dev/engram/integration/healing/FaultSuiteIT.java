package dev.engram.integration.healing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Certificate;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Fixture;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The faults of {@code docs/faults.md} that can be played so far, on their schedules, with the
 * profile {@code faults}: without healing and with it. Writes what came out into {@code
 * docs/healing.md}, whatever it is; fails where something was done that never may be. With {@code
 * -Dengram.faults.only=slow-answer,node-fails} it plays these alone, and prints what came out.
 */
@EnabledIfSystemProperty(named = "engram.faults", matches = "[1-9][0-9]*")
class FaultSuiteIT {
  private static final Fixture SERVICE =
      Fixture.of(
              "Faults",
              "of HikariCP 6.3",
              "faults",
              "com.zaxxer:HikariCP:6.3.3",
              "com.h2database:h2:2.4.240",
              "org.postgresql:postgresql:42.7.13",
              "org.springframework:spring-context:6.2.15",
              "org.springframework:spring-jdbc:6.2.15",
              "org.slf4j:slf4j-nop:2.0.17")
          .with("routes")
          .withApi();

  /** Requests that succeed before each event: what fails is one in so many and one more. */
  private static final int OTHERS = 15;

  private static final Duration PACE = Duration.ofMillis(600);

  /** A service has read by then that a remedy is active. */
  private static final Duration READ_AFTER = Duration.ofSeconds(3);

  private static final int MISTAKES = 40;

  @RegisterExtension final Rig rig = new Rig();

  private final Jdk jdk = Jdks.all().findFirst().orElseThrow();
  private final FaultReport report = new FaultReport();

  /** What never may be, told after the report is written. */
  private final SoftAssertions never = new SoftAssertions();

  private final int events = Integer.getInteger("engram.faults");

  /** Empty for all of them. */
  private final Set<String> only =
      Arrays.stream(System.getProperty("engram.faults.only", "").split(","))
          .filter(fault -> !fault.isBlank())
          .collect(Collectors.toUnmodifiableSet());

  @Test
  void faults_areHealed_whereTheyMayBe_andNowhereElse() throws Exception {
    rig.expectVoice("remedies\\.json|remedy R-|switches\\.json");
    Child collector = rig.collector(jdk);
    Map<String, KindRun> without = playWithout();
    playWith(without);
    collector.stop();
    if (only.isEmpty()) {
      report.write(jdk, events);
    } else {
      System.out.println(report.text(jdk, events));
    }
    never.assertAll();
  }

  /** Some succeed by themselves: where a client connects anew, or a fault is over too soon. */
  private Map<String, KindRun> playWithout() throws Exception {
    Path hosts = rig.folder().resolve("hosts-off");
    Map<String, Stage> stages = chosen(Stages.passing(hosts));
    Child service = start("off", hosts);
    Map<String, KindRun> runs = play(stages, Traffic.toApplication(service), 0, Duration.ZERO);
    service.stop();
    close(stages);
    return runs;
  }

  private Map<String, Stage> chosen(Map<String, Stage> stages) throws IOException {
    Map<String, Stage> chosen = new LinkedHashMap<>();
    for (Map.Entry<String, Stage> each : stages.entrySet()) {
      if (isChosen(each.getKey())) {
        chosen.put(each.getKey(), each.getValue());
      } else {
        each.getValue().close();
      }
    }
    return chosen;
  }

  private boolean isChosen(String fault) {
    return only.isEmpty() || only.contains(fault);
  }

  private void playWith(Map<String, KindRun> without) throws Exception {
    Path hosts = rig.folder().resolve("hosts-auto");
    Map<String, Stage> stages = chosen(Stages.passing(hosts));
    Child service = start("auto", hosts);
    Traffic traffic = Traffic.toApplication(service);
    Map<String, KindRun> runs = play(stages, traffic, OTHERS, PACE);
    List<JsonNode> remedies = rig.memory(jdk).lines("remedies", "--json");
    runs.forEach(
        (fault, run) ->
            report.add(row(fault, run, stages.get(fault), without.get(fault), remedies)));
    never.assertThat(runs.values()).allMatch(run -> run.otherFailures() == 0);
    if (isChosen("embedded-lock-timeout")) {
      assertCounted(traffic, runs.get("embedded-lock-timeout"));
    }
    control(traffic);
    new HarmfulCalls(traffic, report, never).play(this::isChosen);
    new HarmfulStatements(traffic, report, never).play(this::isChosen);
    service.stop();
    close(stages);
  }

  /** Names are asked for anew each time: the JDK would remember for ten seconds that one is not. */
  private Child start(String level, Path hosts) throws IOException {
    Path security = rig.folder().resolve("security");
    Files.writeString(
        security, "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n");
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Dengram.heal=" + level,
                "-Dengram.app-packages=com.acme",
                "-Dhandlers=64",
                "-Djdk.net.hosts.file=" + hosts,
                "-Djava.security.properties=" + security));
    options.addAll(Certificate.expired().trustOptions());
    return SERVICE.start(rig, jdk, options.toArray(String[]::new));
  }

  private Map<String, KindRun> play(
      Map<String, Stage> stages, Traffic traffic, int others, Duration pace) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    Map<String, Future<KindRun>> playing = new LinkedHashMap<>();
    stages.forEach(
        (fault, stage) ->
            playing.put(
                fault,
                threads.submit(
                    () -> new KindRun(stage, traffic, others, pace).play(schedule(fault)))));
    Map<String, KindRun> played = new LinkedHashMap<>();
    for (Map.Entry<String, Future<KindRun>> each : playing.entrySet()) {
      played.put(each.getKey(), each.getValue().get());
    }
    threads.shutdown();
    return played;
  }

  private List<Episode> schedule(String fault) {
    Fault known =
        Faults.all().stream().filter(it -> it.name().equals(fault)).findFirst().orElseThrow();
    return Schedule.of(known, Schedule.SEED).stream().limit(events).toList();
  }

  private static FaultReport.Row row(
      String fault, KindRun run, Stage stage, KindRun without, List<JsonNode> remedies) {
    Optional<Instant> since =
        of(remedies, stage)
            .filter(it -> it.path("state").asText().equals("active"))
            .map(it -> Instant.parse(it.path("since").asText()))
            .max(Instant::compareTo);
    Optional<Instant> active = since.map(it -> it.plus(READ_AFTER));
    List<KindRun.Event> failing = run.thatFailedIn(without);
    List<KindRun.Event> learnt =
        failing.stream()
            .filter(it -> active.isPresent() && it.began().isAfter(active.get()))
            .toList();
    Optional<Instant> first = failing.stream().map(KindRun.Event::began).min(Instant::compareTo);
    return new FaultReport.Row(
        fault,
        run.events().size(),
        failing.size(),
        failing.stream().filter(KindRun.Event::succeeded).count(),
        learnt.size(),
        learnt.stream().filter(KindRun.Event::succeeded).count(),
        of(remedies, stage).mapToLong(it -> it.path("masked").asLong()).sum(),
        since.flatMap(end -> first.map(begin -> Duration.between(begin, end))).orElse(null),
        without.amplification(OTHERS),
        run.amplification(OTHERS),
        p99(without),
        p99(run));
  }

  private static Duration p99(KindRun run) {
    List<Duration> took = run.events().stream().map(KindRun.Event::took).sorted().toList();
    return took.get(Math.max(0, (int) Math.ceil(took.size() * 0.99) - 1));
  }

  private static Stream<JsonNode> of(List<JsonNode> remedies, Stage stage) {
    return remedies.stream().filter(it -> it.path("action").asText().endsWith(stage.place()));
  }

  /** Whoever was told that it was counted finds it counted once, and nobody else. */
  private void assertCounted(Traffic traffic, KindRun run) {
    long counted = Long.parseLong(traffic.get("/counted?").body());
    long told = run.succeeded() + (long) run.events().size() * OTHERS;
    report.say("Counted once for each request that was told so: %d of %d.", counted, told);
    never.assertThat(counted).isEqualTo(told);
  }

  private void control(Traffic traffic) throws Exception {
    Map<String, Stage> stages = chosen(Stages.staying());
    long succeeded = 0;
    for (Map.Entry<String, Stage> each : stages.entrySet()) {
      List<Episode> schedule = schedule(each.getKey()).stream().limit(MISTAKES).toList();
      succeeded +=
          new KindRun(each.getValue(), traffic, 0, Duration.ZERO).play(schedule).succeeded();
    }
    List<JsonNode> remedies = rig.memory(jdk).lines("remedies", "--json");
    long applied =
        stages.values().stream()
            .flatMap(stage -> of(remedies, stage))
            .filter(it -> it.path("applied").asBoolean() || it.path("treated").asInt() > 0)
            .count();
    report.say(
        "Control, %d kinds with %d events each: %d remedies were tried or active, %d requests"
            + " succeeded.",
        stages.size(), Math.min(MISTAKES, events), applied, succeeded);
    never.assertThat(applied).as("false applications").isZero();
    close(stages);
  }

  private static void close(Map<String, Stage> stages) throws IOException {
    for (Stage stage : stages.values()) {
      stage.close();
    }
  }
}
