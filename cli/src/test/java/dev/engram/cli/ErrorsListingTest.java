package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram errors} as a listing, of swallowed ones too. */
class ErrorsListingTest {
  @TempDir private static Path home;

  @TempDir private Path otherHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void piped_isAlignedAndHarmless() {
    assertThat(run("errors")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "ID              COUNT  TREND SINCE 59s ago    FIRST     LAST  SERVICE  ERROR",
            "E-abcdef012345      1  █···········         59s ago  59s ago  shop    "
                + " com.acme.NoBox: no \\u001b[31mbox\\n"
                + "at all");
  }

  @Test
  void json_hasCountsAndTimes() {
    run("errors", "--json");

    assertThat(terminal.out())
        .isEqualTo(
            "{\"id\":\"E-abcdef012345\",\"type\":\"com.acme.NoBox\","
                + "\"message\":\"no \\u001B[31mbox\\nat all\",\"count\":1,"
                + "\"first_seen\":\"2026-01-01T00:00:00.090000000Z\","
                + "\"last_seen\":\"2026-01-01T00:00:00.090000000Z\","
                + "\"services\":[\"shop\"],\"trend\":[1,0,0,0,0,0,0,0,0,0,0,0],"
                + "\"state\":\"open\",\"state_version\":null,\"state_by\":null,"
                + "\"name\":null,\"assignee\":null,\"comment\":null,\"merged\":[]}\n");
  }

  @Test
  void swallowed_areShownByPlace_lessWhatWasSeen() {
    remember(SampleMemory.constructed().toArray(Row[]::new));

    assertThat(execute("errors", "--swallowed", "--home", otherHome.toString())).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "COUNT  95% BETWEEN  PER HOUR   FIRST     LAST  SERVICE  SITE                        "
                + "           TYPE",
            "  120      100-150    43,200  1m ago  50s ago  shop    "
                + " com.acme.Parser.parse(Parser.java:88)  java.lang.NumberFormatException",
            "    4        exact     1,440  1m ago  50s ago  shop    "
                + " com.acme.Orders.place(Orders.java:33)  com.acme.NoBox",
            "",
            "wrappers of an exception that was seen before are counted here too, escaped or not; so"
                + " is what was answered with a status below 500");

    terminal = CapturedTerminal.piped();
    execute("errors", "--swallowed", "--json", "--limit", "1", "--home", otherHome.toString());
    assertThat(terminal.out())
        .isEqualTo(
            "{\"service\":\"shop\",\"type\":\"java.lang.NumberFormatException\","
                + "\"site\":\"com.acme.Parser.parse(Parser.java:88)\",\"count\":120,\"low\":100,"
                + "\"high\":150,\"per_hour\":43200.0,\"constructed\":120,"
                + "\"first_seen\":\"2026-01-01T00:00:00.000000000Z\","
                + "\"last_seen\":\"2026-01-01T00:00:10.000000000Z\","
                + "\"frames\":[\"java.lang.Integer.parseInt(Integer.java:652)\","
                + "\"com.acme.Parser.parse(Parser.java:88)\"]}\n");
  }

  /** In the other home: the sample, and these. */
  private void remember(Row... rows) {
    SampleMemory.in(otherHome, List.of(rows));
  }

  private int run(String... arguments) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, arguments);
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
