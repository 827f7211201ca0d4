package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What costs time, in {@code engram insights}. */
class InsightsListingTest {
  @TempDir private static Path home;

  @TempDir private Path otherHome;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeAll
  static void remember() {
    SampleMemory.in(home);
  }

  @Test
  void nothingFound_isSaid() {
    assertThat(run("insights")).isZero();

    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .contains("no insights of the last day among what is remembered of shop");
  }

  @Test
  void repeatedStatement_isShownWithTheSpanAboveIt() {
    remember(SampleMemory.repeated(7).toArray(Row[]::new));

    assertThat(execute("insights", "--home", otherHome.toString())).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "SEVERITY    TOTAL  COUNT  INSIGHT              LOOK AT           SERVICE  WHAT",
            "notice    7.00 ms      7  N+1: up to 7 in one  0000000000000020  shop     select *"
                + " from item");

    terminal = CapturedTerminal.piped();
    execute("insights", "--json", "--home", otherHome.toString());
    assertThat(terminal.out())
        .startsWith(
            "{\"kind\":\"n_plus_one\",\"severity\":\"notice\",\"service\":\"shop\",\"count\":7,")
        .contains("\"evidence\":{\"most_below_one\":7,\"parents\":1}")
        .contains("\"span_id\":\"0000000000000020\"");
  }

  @Test
  void withoutSince_isOfTheLastDay_andSaysSo() {
    remember(SampleMemory.repeated(7).toArray(Row[]::new));
    Clock later = Clock.offset(SampleMemory.CLOCK, Duration.ofDays(2));
    String[] asked = {"insights", "--home", otherHome.toString()};

    RunCommands.execute(terminal, later, asked);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("no insights of the last day among what is remembered");

    terminal = CapturedTerminal.piped();
    RunCommands.execute(
        terminal, later, "insights", "--since", "3d", "--home", otherHome.toString());
    assertThat(terminal.out()).contains("N+1: up to 7 in one");
    assertThat(terminal.err()).isEmpty();

    terminal = CapturedTerminal.piped();
    execute(asked);
    assertThat(terminal.err())
        .isEqualTo(
            "engram: these are the insights of the last day; others with --since, such as 7d\n");
  }

  @Test
  void callInATransaction_isShownWithWhatItKeptOpen() {
    remember(SampleMemory.callInTransaction().toArray(Row[]::new));

    assertThat(execute("insights", "--home", otherHome.toString())).isZero();
    assertThat(terminal.out())
        .contains("call in a transaction: open for up to 9.00 ms")
        .contains("POST to pay:8443 in GET /products/")
        .contains(" after insert into orders");

    terminal = CapturedTerminal.piped();
    execute("insights", "--json", "--home", otherHome.toString());
    assertThat(terminal.out())
        .startsWith(
            "{\"kind\":\"call_in_transaction\",\"severity\":\"notice\",\"service\":\"shop\",\"count\":1,")
        .contains("\"evidence\":{\"longest_open_ns\":9000000,\"open_ns\":9000000,")
        .contains("\"engram.call.name\":\"POST\",\"engram.request.name\":\"GET /products/")
        .contains("\"server.address\":\"pay\",\"server.port\":8443}");
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
