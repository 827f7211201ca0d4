package dev.engram.integration;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Artifacts;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.HomeFiles;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Postgres;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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

  private static final String PRIVACY = "answer-a-privacy-request.md";

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
      "$JAVA" -cp "$APPLICATIONS" com.acme.HttpServerApp > listening &
      trap 'kill $!; wait $! || true' EXIT
      until grep -q listening listening; do kill -0 $!; sleep 0.1; done
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
    assertThat(demo.awaitExit(Duration.ofMinutes(3))).as(demo::describe).isZero();

    for (Path guide : guides()) {
      List<String> blocks = blocks(guide);
      assertThat(blocks).as("%s", guide).isNotEmpty();
      blocks.forEach(block -> run(block, rig.home()));
    }
  }

  @Test
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
      remember("one", init);
      remember("two", init);
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
    await().untilAsserted(() -> assertThat(HomeFiles.instances(home)).isEmpty());
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

  /** Those that ask what any memory has; the one that forgets some of it comes last. */
  private static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(GUIDES)) {
      return files
          .filter(file -> !file.endsWith("README.md") && !file.equals(GATE) && !file.equals(HOSTS))
          .sorted(comparing((Path file) -> file.endsWith(PRIVACY)).thenComparing(file -> file))
          .toList();
    }
  }

  private static List<String> blocks(Path guide) throws IOException {
    return BLOCK.matcher(Files.readString(guide)).results().map(it -> it.group(1)).toList();
  }
}
