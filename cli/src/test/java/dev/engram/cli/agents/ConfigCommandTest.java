package dev.engram.cli.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Invocation;
import dev.engram.cli.RunCommands;
import dev.engram.cli.render.CapturedTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandTest {
  private static final String REPORT =
      """
      {"settings": [
         {"key": "engram.capture", "value": "errors", "source": "switches.json"},
         {"key": "engram.service", "value": "", "source": "default"}]}
      """;

  @TempDir private Path home;
  private final CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void surroundings_areShown_withWhereEachIsSaid() throws IOException {
    Files.writeString(home.resolve("engram.properties"), "queue.roll=minutely\n");

    assertThat(
            execute(
                Map.of("NO_COLOR", "1", "ENGRAM_CAPTURE", "err\u001bors", "PATH", "/"), "--json"))
        .isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "{\"key\":\"engram.home\",\"value\":\"" + home + "\",\"source\":\"--home\"}",
            "{\"key\":\"colour\",\"value\":\"off\",\"source\":\"environment variable NO_COLOR\"}",
            "{\"key\":\"width\",\"value\":\"unlimited\",\"source\":\"default\"}",
            "{\"key\":\"ENGRAM_CAPTURE\",\"value\":\"err\\u001Bors\","
                + "\"source\":\"environment variable ENGRAM_CAPTURE\"}",
            "{\"key\":\"queue.roll\",\"value\":\"minutely\",\"source\":\""
                + home.resolve("engram.properties")
                + "\"}");
  }

  @Test
  void passwords_areNotShown() throws IOException {
    Files.writeString(home.resolve("engram.properties"), "a.password=s3cr3t\n");
    Map<String, String> environment =
        Map.of(
            "ENGRAM_STORE_PASSWORD", "s3cr3t",
            "ENGRAM_STORE_URL", "jdbc:postgresql://ada:s3cr3t@db/engram");

    assertThat(execute(environment, "--json")).isZero();
    assertThat(terminal.out()).contains("ENGRAM_STORE_PASSWORD", "a.password", "[redacted]");
    assertThat(terminal.out()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PID", "shop", "1111"})
  void service_isShownWithItsSettings(String wanted) throws IOException {
    SampleAgent.in(home, REPORT);

    assertThat(execute(Map.of(), wanted.replace("PID", SampleAgent.PID))).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "SETTING         VALUE   FROM",
            "engram.capture  errors  switches.json",
            "engram.service          default");
  }

  @Test
  void serviceThatDoesNotRun_isNamed_withThoseThatDo() throws IOException {
    assertThat(execute(Map.of(), "till")).isEqualTo(1);
    assertThat(terminal.err()).contains("no service till remembers into " + home, "none runs");

    SampleAgent.in(home, REPORT);
    assertThat(execute(Map.of(), "till")).isEqualTo(1);
    assertThat(terminal.err()).contains("those that do: " + SampleAgent.PID + " (shop)");
  }

  private int execute(Map<String, String> environment, String word) {
    Invocation invocation =
        new Invocation(terminal.terminal(), Clock.systemDefaultZone(), environment);
    return RunCommands.execute(invocation, "config", "--home", home.toString(), word);
  }
}
