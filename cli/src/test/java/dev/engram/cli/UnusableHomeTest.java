package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home that is no folder is named. */
class UnusableHomeTest {
  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @ParameterizedTest
  @ValueSource(strings = {"requests", "errors", "sql", "tail", "status", "show 0"})
  void file_isSaidToBeNoFolder(String command) throws IOException {
    Path file = Files.writeString(home.resolve("file"), "");
    for (Path asked : List.of(file, file.resolve("below"))) {
      terminal = CapturedTerminal.piped();
      assertThat(execute((command + " --home " + asked).split(" "))).isEqualTo(1);
      assertThat(terminal.err())
          .isEqualTo("engram: " + file + " is no folder; choose another --home\n");
    }
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
