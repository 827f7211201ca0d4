package dev.engram.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  @Test
  void run_exitCode_isPassedThrough() {
    assertThat(run("exit 7")).isEqualTo(7);
    assertThat(run("exit 0")).isZero();
  }

  @Test
  void run_endedBySignal_is128AndTheSignal() {
    assertThat(run("kill -TERM $$")).isEqualTo(128 + 15);
  }

  @Test
  void run_environment_reachesTheChild() {
    assertThat(run("test \"$ENGRAM_HOME\" = /memory")).isZero();
  }

  @Test
  void run_unknownProgram_saysSo() {
    AgentCommand missing = new AgentCommand(List.of("no-such-program-here"), Map.of());

    assertThatThrownBy(() -> ChildProcess.run(missing))
        .isInstanceOf(CommandException.class)
        .hasMessage("cannot start no-such-program-here: no such program")
        .hasFieldOrPropertyWithValue("exitCode", 127);
  }

  @Test
  void run_fileThatIsNoProgram_saysWhy(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "buy milk");

    assertThatThrownBy(() -> ChildProcess.run(new AgentCommand(List.of(file.toString()), Map.of())))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("ermission denied")
        .hasFieldOrPropertyWithValue("exitCode", 126);
  }

  private static int run(String script) {
    return ChildProcess.run(
        new AgentCommand(List.of("sh", "-c", script), Map.of("ENGRAM_HOME", "/memory")));
  }
}
