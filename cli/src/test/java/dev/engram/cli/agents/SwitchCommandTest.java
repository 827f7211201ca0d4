package dev.engram.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.control.Switches;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.cli.Invocation;
import dev.engram.cli.RunCommands;
import dev.engram.cli.render.CapturedTerminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.5Z");

  @TempDir private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();
  private Instant now = NOW;

  @Test
  void nothingSwitched_isSaid_andNothingIsMade() {
    assertThat(execute()).isZero();

    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("nothing is switched");
    assertThat(home.resolve("control")).doesNotExist();
  }

  @Test
  void set_writesAFileOfItsOwnersAlone_andAddsToWhatIsThere() throws Exception {
    assertThat(execute("capture=errors")).isZero();
    assertThat(execute("engram.ignore.urls=/a,*.css", "instrumentation.jdbc.enabled=false"))
        .isZero();

    Switches written = written();
    assertThat(written.values())
        .containsOnly(
            Map.entry("capture", "errors"),
            Map.entry("ignore.urls", "/a,*.css"),
            Map.entry("instrumentation.jdbc.enabled", "false"));
    assertThat(written.serial()).isEqualTo(NOW.getEpochSecond() + 1);
    assertThat(written.expires()).isNull();
    Path file = HomeLayout.switches(home);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.list(file.getParent())).hasSize(1);
    assertThat(terminal.out().lines())
        .containsSequence(
            "SWITCH                        VALUE",
            "capture                       errors",
            "ignore.urls                   /a,*.css",
            "instrumentation.jdbc.enabled  false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc off",
        "jdbc=off",
        "capture.sql off",
        "engram.instrumentation.jdbc.enabled false"
      })
  void instrumentation_goesByItsName(String words) throws Exception {
    assertThat(execute(words.split(" "))).isZero();

    assertThat(written().values()).containsOnly(Map.entry("instrumentation.jdbc.enabled", "false"));
  }

  @Test
  void unset_givesBack_andTheSerialStillRises() throws Exception {
    execute("capture=off");
    long before = written().serial();
    assertThat(execute("unset", "capture")).isZero();

    assertThat(written().values()).isEmpty();
    assertThat(written().serial()).isGreaterThan(before);
  }

  @Test
  void time_letsAllExpire_andWhatExpiredIsNotWrittenAgain() throws Exception {
    execute("capture=off", "--for", "2h");
    assertThat(written().expires()).isEqualTo(Instant.parse("2026-01-31T14:00:00Z"));

    now = NOW.plusSeconds(7_200);
    execute("ignore.urls=/a");
    assertThat(written().values()).containsOnlyKeys("ignore.urls");
    assertThat(written().expires()).isNull();
  }

  @Test
  void timeAlone_letsWhatIsSwitchedExpire() throws Exception {
    execute("capture=off");
    assertThat(execute("--for", "30m")).isZero();

    assertThat(written().values()).containsOnly(Map.entry("capture", "off"));
    assertThat(written().expires()).isEqualTo(Instant.parse("2026-01-31T12:30:00Z"));
  }

  @Test
  void json_hasAll() {
    execute("capture=off", "--for", "30m");
    terminal = CapturedTerminal.piped();
    execute("--json");

    assertThat(terminal.out())
        .isEqualTo(
            "{\"serial\":"
                + NOW.getEpochSecond()
                + ",\"expires\":\"2026-01-31T12:30:00Z\","
                + "\"switches\":{\"capture\":\"off\"},\"services\":[]}\n");
    assertThat(terminal.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "captur=off | unknown key captur; did you mean capture?",
        "instrumentation.jdcb.enabled=false | did you mean instrumentation.jdbc.enabled?",
        "jdcb off | unknown key jdcb; did you mean jdbc?",
        "capture=errrors | capture cannot be errrors; did you mean errors?",
        "jdbc no | instrumentation.jdbc.enabled cannot be no; valid: true, false",
        "capture | capture has no value",
        "unset | unset what?",
        "ignore.urls=/a capture off | capture has no value",
        "--for 2h | nothing is switched that could expire",
        "unset captur | did you mean capture?",
        "capture=off --for soon | --for takes a time",
      })
  void mistake_isNamed_andNothingIsWritten(String words, String said) {
    assertThat(execute(words.split(" "))).isEqualTo(2);

    assertThat(terminal.err().lines()).singleElement().asString().contains(said);
    assertThat(terminal.out()).isEmpty();
    assertThat(home.resolve("control")).doesNotExist();
  }

  @Test
  void fileThatCannotBeUsed_isNamed() throws Exception {
    execute("capture=off");
    Files.writeString(HomeLayout.switches(home), "nonsense");
    terminal = CapturedTerminal.piped();

    assertThat(execute("capture=all")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo(
            "engram: "
                + HomeLayout.switches(home)
                + " cannot be used (is no JSON at character 0): remove it\n");
  }

  @Test
  void runningService_isShownWithWhatItTook() throws Exception {
    execute("capture=off");
    SampleAgent.in(home, "{\"switches\": {\"serial\": 3, \"problem\": \"is odd\\u001b[2J\"}}");
    terminal = CapturedTerminal.piped();
    execute();

    assertThat(terminal.out().lines())
        .contains(
            "SERVICE  " + SampleAgent.PID_HEADING + "  SWITCHES",
            "shop     " + SampleAgent.PID + "  ignored: the file is odd\\u001b[2J");
  }

  private Switches written() throws Exception {
    return Switches.parse(Files.readString(HomeLayout.switches(home)));
  }

  private int execute(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "switch";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 2] = "--home";
    all[all.length - 1] = home.toString();
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return RunCommands.execute(new Invocation(terminal.terminal(), clock, Map.of()), all);
  }
}
