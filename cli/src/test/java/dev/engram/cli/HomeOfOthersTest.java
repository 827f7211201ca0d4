package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home that others may write is not read. */
class HomeOfOthersTest {
  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @ParameterizedTest
  @ValueSource(strings = {"requests", "tail", "status", "show 0", "doctor 1", "switch"})
  void isNotRead(String command) throws IOException {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(execute((command + " --home " + home).split(" "))).isEqualTo(1);

    assertThat(terminal.err())
        .isEqualTo("engram: %1$s may be written by others; run: chmod go-w %1$s\n".formatted(home));
    assertThat(terminal.out()).isEmpty();
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
