package dev.engram.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Invocation;
import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
  @TempDir private Path folder;

  @Test
  void homeThatIsAFile_runsTheCommandAllTheSame() throws IOException {
    Path home = Files.writeString(folder.resolve("file"), "a file");
    Path made = folder.resolve("made");
    CapturedTerminal terminal = CapturedTerminal.piped();

    int exitCode =
        new CommandLine(
                new RunCommand(new Invocation(terminal.terminal(), Clock.systemUTC(), Map.of())))
            .execute(
                "--home", home.toString(), "--", "sh", "-c", "echo ran > '" + made + "'; exit 7");

    assertThat(exitCode).isEqualTo(7);
    assertThat(made).hasContent("ran");
    assertThat(terminal.err())
        .startsWith("engram: nothing of this run is remembered: cannot make the folder " + home)
        .endsWith("choose another --home\n")
        .hasLineCount(1);
    assertThat(home).hasContent("a file");
  }
}
