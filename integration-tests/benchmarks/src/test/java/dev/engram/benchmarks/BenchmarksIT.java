package dev.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run from their jar, quickly, and write down everything they promise. */
@Tag("full")
class BenchmarksIT {
  private static final Path ROOT = Path.of(System.getProperty("engram.root")).normalize();
  private static final int MINUTES = 5;

  @Test
  void quickRun_writesEveryTableAndPlot(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("page.md");

    Process run = start(folder, "--quick", "--report", page.toString());

    assertThat(run.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(run.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
    assertThat(Files.readString(page))
        .contains("## Numbers to reach", "### Steps", "This is a smoke run")
        .contains("### Paced load, JDK 17", "### Queue blocks, JDK 17")
        .contains("### Hello-world, JDK 17", "### Sample shop under load, JDK 17")
        .contains("### Idle sample shop", "### Idle hello-world")
        .contains("### Committed to queryable", "### Drain rate")
        .contains("256 bytes into Chronicle Queue", "one request, from its open to the ring")
        .contains("one call of a model, as a framework tells it", "one node of a workflow")
        .doesNotContain("This group failed", "NaN", ROOT.toAbsolutePath().toString());
    assertThat(Files.readAllLines(folder.resolve("page/rounds.csv"))).hasSizeGreaterThan(50);
    assertThat(plots(folder.resolve("page")))
        .isNotEmpty()
        .allSatisfy(plot -> assertThat(plot).content().contains("<svg", "<text"));
  }

  @Test
  void unknownGroup_isRefusedWithTheKnownOnes(@TempDir Path folder) throws Exception {
    Process run = start(folder, "--group", "colour");

    assertThat(run.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(run.exitValue()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("output")))
        .startsWith("no group colour: choose from [micro, load");
  }

  private static Process start(Path folder, String... arguments) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        Stream.concat(
                Stream.of(
                    java, "-jar", "integration-tests/benchmarks/target/engram-benchmarks.jar"),
                Stream.of(arguments))
            .toList();
    return new ProcessBuilder(command)
        .directory(ROOT.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private static List<Path> plots(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".svg")).toList();
    }
  }
}
