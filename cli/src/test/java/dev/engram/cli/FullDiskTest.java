package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer for which the disk has no room is no answer, whichever command gives it. */
class FullDiskTest {
  @TempDir private static Path home;

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests",
        "requests --json",
        "errors -o csv",
        "status",
        "show E-abcdef012345",
        "export",
        "export --format parquet",
        "sql",
        "top --json",
        "requests --help"
      })
  void answer_isNoSuccess_andSaysWhy(String command) {
    CapturedTerminal terminal = CapturedTerminal.full();

    assertThat(RunCommands.in(home, terminal, SampleMemory.CLOCK, command.split(" "))).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("engram: not all of the answer could be written (No space left on device)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"requests --no-such-option", "show E-000000000000"})
  void failure_keepsItsExitCode_whereNothingWasWritten(String command) {
    CapturedTerminal terminal = CapturedTerminal.full();

    assertThat(RunCommands.in(home, terminal, SampleMemory.CLOCK, command.split(" "))).isNotZero();
    assertThat(terminal.err()).doesNotContain("could be written");
  }
}
