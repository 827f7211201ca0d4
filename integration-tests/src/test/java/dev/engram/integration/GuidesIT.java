package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Postgres;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each block of commands of each guide works in a shell, and each command answers something. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class GuidesIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Path GUIDES = Artifacts.root().resolve("docs/guides");
  private static final Path GATE = GUIDES.resolve("gate-a-pull-request.md");
  private static final Path HOSTS = GUIDES.resolve("many-hosts-one-postgresql.md");

  /** These take something out of the memory. */
  private static final List<Path> LAST =
      List.of(
          GUIDES.resolve("keep-the-memory-small.md"),
          GUIDES.resolve("answer-a-privacy-request.md"));

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Of both versions of the demo's shop. */
  private static final int TICKETS = 48;

  private static final String DATABASE = "jdbc:postgresql://db.example/engram";
  private static final String USER = "engram";
  private static final String COLLECT = "engram collect\n";

  /** Only insights may have nothing to say: nothing of the demo need be slow. */
  private static final String SHELL =
      """
      set -euo pipefail
      engram() {
        local answer
        answer=$("$JAVA" -XX:TieredStopAtLevel=1 -jar "$ENGRAM_JAR" "$@")
        test -n "$answer" || test "$1" = insights
        printf '%s\\n' "$answer"
      }
      """;

  private static final String SMOKE_TEST =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      # That of the run before names a port where nobody listens any more.
      rm -f listening
      "$JAVA" -cp "$APPLICATIONS" com.acme.HttpServerApp > listening &
      trap 'kill $!; wait $! || true' EXIT
      until grep -qs listening listening; do kill -0 $!; sleep 0.1; done
      curl -fs "http://127.0.0.1:$(tr -dc 0-9 < listening)/hello"
      """;

  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  /** People are told where what they ask is kept, what a gate found, and what is missing. */
  @BeforeEach
  void expectCommandsToTalk() {
    rig.expectVoice("^engram: ");
  }

  @Test
  void guides_answerOnTheMemoryOfTheDemo() throws IOException {
    Child demo = rig.java("demo", jdk).commandLine("demo").start();
    assertThat(demo.awaitExit(Duration.ofMinutes(6))).as(demo::describe).isZero();

    assertAnswersOnItsModels(rig.memory(jdk));
    List<List<String>> guides = guides();
    assertThat(guides).isNotEmpty().doesNotContain(List.of());
    // Side by side: most of it is the start of JVMs.
    guides.parallelStream().forEach(blocks -> blocks.forEach(block -> run(block, rig.home())));
    for (Path guide : LAST) {
      blocks(guide).forEach(block -> run(block, rig.home()));
    }
  }

  /** Which node is the bottleneck, is the router overconfident, what went to which model? */
  private static void assertAnswersOnItsModels(Memory memory) {
    JsonNode triage = memory.summary("ticket-triage", "workflows");
    assertThat(triage.path("runs").asInt()).isEqualTo(TICKETS);
    assertThat(triage.path("bottleneck").asText()).isEqualTo("write_reply");
    assertThat(triage.path("variants")).hasSize(2);
    JsonNode router = memory.summary("route ticket", "decisions");
    assertThat(router.path("told").asInt()).isEqualTo(TICKETS);
    assertThat(router.path("calibration").path("verdict").asText()).isEqualTo("overconfident");
    for (String model : List.of("gpt-4o", "gpt-4o-mini")) {
      JsonNode spent = memory.summary("\"" + model + "\"", "ai");
      assertThat(spent.path("calls").asInt()).isGreaterThanOrEqualTo(TICKETS);
      assertThat(spent.path("unpriced").asInt()).isZero();
      assertThat(spent.path("cost_usd").asDouble()).isPositive();
      assertThat(spent.path("judged").asInt()).isEqualTo(TICKETS);
      assertThat(spent.path("mean_score").asDouble()).isBetween(0.79, 0.81);
    }
  }

  /** In the fast tier GateIT runs the same as build servers do. */
  @Test
  @Tag("full")
  void gate_passesARunLikeTheBaseline() throws IOException {
    Path smokeTest = Files.writeString(rig.folder().resolve("smoke-test.sh"), SMOKE_TEST);
    Files.setPosixFilePermissions(smokeTest, PosixFilePermissions.fromString("rwx------"));

    blocks(GATE).forEach(block -> run(block, rig.home()));

    assertThat(rig.folder().resolve("gate.md")).content().contains("gate: passed");
    assertThat(rig.folder().resolve("gate.xml")).content().contains("failures=\"0\"");
  }

  @Test
  void hosts_shareOneMemory() throws IOException {
    rig.expectNoBooks();
    List<String> blocks = blocks(HOSTS);
    assertThat(blocks).startsWith(blocks.get(0), COLLECT);
    try (Postgres postgres = new Postgres()) {
      String init = blocks.get(0).replace(DATABASE, postgres.newDatabaseOf(USER));
      Stream.of("one", "two").parallel().forEach(host -> remember(host, init));
      rig.stopCollectors();

      Path asking = rig.folder().resolve("asking");
      run(init, asking);
      List<String> answers =
          blocks.stream().skip(2).flatMap(block -> run(block, asking).stream()).toList();
      assertThat(answers).anyMatch(it -> it.contains("one")).anyMatch(it -> it.contains("two"));
    }
  }

  /** A request of a service on a host of its own, which is named like it. */
  private void remember(String host, String init) {
    Path home = rig.folder().resolve(host);
    run(init, home);
    rig.collector(jdk, home);
    Child service =
        rig.java("service", jdk)
            .agent()
            .options("-Dengram.service=" + host)
            .environment("ENGRAM_HOME", home.toString())
            .application(HttpServerApp.class)
            .start();
    Traffic.toApplication(service).get("/hello");
    service.stop();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(HomeFiles.instances(home)).isEmpty());
  }

  private List<String> run(String block, Path home) {
    Child shell =
        rig.program(block, "bash")
            .arguments("-c", SHELL + block)
            .environment("JAVA", jdk.program("java"))
            .environment("ENGRAM_JAR", Artifacts.cli().toString())
            .environment("ENGRAM_HOME", home.toString())
            .environment("APPLICATIONS", Artifacts.applications().toString())
            .start();

    assertThat(shell.awaitExit()).as(shell::describe).isZero();
    return shell.out();
  }

  /** The blocks of each that asks what any memory has. */
  private static List<List<String>> guides() throws IOException {
    List<List<String>> guides = new ArrayList<>();
    Set<Path> apart = new HashSet<>(LAST);
    apart.addAll(List.of(GATE, HOSTS));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(GUIDES)) {
      for (Path file : files) {
        if (!file.endsWith("README.md") && !apart.contains(file)) {
          guides.add(blocks(file));
        }
      }
    }
    return guides;
  }

  private static List<String> blocks(Path guide) throws IOException {
    return BLOCK.matcher(Files.readString(guide)).results().map(it -> it.group(1)).toList();
  }
}
