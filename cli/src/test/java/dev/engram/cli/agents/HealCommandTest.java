package dev.engram.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.cli.Invocation;
import dev.engram.cli.RunCommands;
import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void nothingSwitched_isSaid_andNothingIsMade() {
    assertThat(execute("heal")).isZero();

    assertThat(terminal.out())
        .isEqualTo("not switched: each service does what it was started with\n");
    assertThat(home.resolve("control")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"on, auto", "auto, auto", "observe, observe", "off, off"})
  void word_isSwitchedTo_besideWhatIsSwitchedAlready(String word, String level) throws Exception {
    execute("switch", "capture=errors");
    long before = written().serial();
    terminal = CapturedTerminal.piped();
    assertThat(execute("heal", word)).isZero();

    assertThat(written().values())
        .containsOnly(Map.entry("capture", "errors"), Map.entry("heal", level));
    assertThat(written().serial()).isGreaterThan(before);
    assertThat(terminal.out()).isEqualTo("switched to " + level + "\n");
  }

  @Test
  void switchThatExpires_saysWhen() {
    execute("switch", "heal=auto", "--for", "2h");
    terminal = CapturedTerminal.piped();
    execute("heal");
    assertThat(terminal.out()).isEqualTo("switched to auto until 2026-01-31T14:00:00Z\n");

    terminal = CapturedTerminal.piped();
    execute("heal", "--json");
    assertThat(terminal.out())
        .isEqualTo(
            "{\"switched\":\"auto\",\"expires\":\"2026-01-31T14:00:00Z\",\"services\":[]}\n");
  }

  /** A service that was started with auto would heal again by then. */
  @Test
  void off_doesNotExpire_whateverWasSaidBefore() throws Exception {
    execute("switch", "heal=auto", "--for", "2h");
    execute("heal", "off");
    assertThat(written().expires()).isNull();
    assertThat(terminal.err()).doesNotContain("no longer expire");

    execute("switch", "capture=errors", "--for", "2h");
    for (String word : List.of("on", "auto")) {
      execute("heal", word);
      assertThat(written().expires()).as("all expire together").isNotNull();
    }
    execute("heal", "observe");
    assertThat(written().expires()).isNull();
    assertThat(terminal.err()).contains("no longer expire either: capture (");
  }

  @Test
  void runningService_isShownWithWhatItDoes() throws Exception {
    SampleAgent.in(
        home,
        "{\"settings\": [{\"key\": \"engram.heal\", \"value\": \"observe\"}],"
            + " \"switches\": {\"serial\": 3, \"problem\": \"\"}}");
    execute("heal", "on");
    assertThat(terminal.out().lines())
        .contains("shop     " + SampleAgent.PID + "  observe  not taken yet");

    terminal = CapturedTerminal.piped();
    execute("heal", "--json");
    assertThat(terminal.out())
        .contains("\"service\":\"shop\",\"pid\":" + SampleAgent.PID + ",\"heal\":\"observe\"");
  }

  @Test
  void mistake_isNamed_andNothingIsWritten() {
    assertThat(execute("heal", "of")).isEqualTo(2);

    assertThat(terminal.err()).contains("unknown word of").contains("off");
    assertThat(home.resolve("control")).doesNotExist();
  }

  private Switches written() throws Exception {
    return Switches.parse(Files.readString(HomeLayout.switches(home)));
  }

  private int execute(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.toString()));
    return RunCommands.execute(
        new Invocation(terminal.terminal(), CLOCK, Map.of()), all.toArray(String[]::new));
  }
}
