package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram store retain}, {@code engram store stats} and {@code engram forget}. */
class StoreUpkeepCommandsTest {
  @TempDir private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeEach
  void remember() {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
    }
  }

  @Test
  void retain_dryRun_saysWhatWouldGo_andChangesNothing() {
    assertThat(execute("store", "retain", "--keep", "0d", "--max-size", "0", "--dry-run")).isZero();
    assertThat(terminal.out()).contains("nothing would go");
    assertThat(execute("store", "retain", "--keep", "1s", "--dry-run")).isZero();
    assertThat(terminal.out()).contains("would take out ").contains(" spans");
    assertThat(execute("store", "retain", "--keep", "1s", "--dry-run", "--json")).isZero();
    assertThat(terminal.out()).contains("{\"dry_run\":true,\"removed\":{");
    assertThat(requests()).contains("/orders");
  }

  @Test
  void retain_takesOut_andStatusSaysSo() {
    assertThat(execute("store", "retain", "--keep", "1s", "--keep-lasting", "3650d")).isZero();
    assertThat(terminal.out()).contains("took out ").contains("the store took ");
    assertThat(requests()).isEmpty();
    assertThat(execute("errors")).isZero();
    assertThat(terminal.out()).contains("E-");
    assertThat(execute("store", "retain", "--keep", "1s", "--keep-lasting", "1s")).isZero();

    assertThat(execute("status")).isZero();
    assertThat(terminal.out())
        .contains("store      ")
        .contains(
            "keeps 30 days (errors, AI, decisions 180 days; sums of requests 1826 days) and 10.0"
                + " GiB at most\n")
        .contains("removed    age ");
    assertThat(execute("errors")).isZero();
    assertThat(terminal.out()).contains("E-");
  }

  @Test
  void settings_areSaidInTheHome() throws IOException {
    Files.writeString(
        home.resolve("engram.properties"),
        "retention.age=14d\nretention.lasting-age=90d\n"
            + "retention.rollup-age=0d\nretention.max-bytes=0\n");
    assertThat(execute("status")).isZero();
    assertThat(terminal.out())
        .contains("keeps 14 days (errors, AI, decisions 90 days; sums of requests always)\n");

    Files.writeString(home.resolve("engram.properties"), "retention.age=two weeks\n");
    assertThat(execute("status")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo(
            "engram: engram.retention.age=two weeks: expected a number with s, m, h, d or w, such"
                + " as 14d\n");
  }

  @Test
  void wrongAmounts_areUsageErrors() {
    for (String tooLong : List.of("36501d", "999999999999999h", "999999999999999w")) {
      assertThat(execute("store", "retain", "--keep", tooLong)).isEqualTo(2);
      assertThat(terminal.err()).contains("expected 36500d at most");
    }
    assertThat(execute("store", "retain", "--keep", "soon")).isEqualTo(2);
    assertThat(execute("store", "retain", "--max-size", "ten")).isEqualTo(2);
    assertThat(terminal.err()).contains("such as 14d").contains("such as 10GiB");
  }

  @Test
  void stats_sayWhatTakesTheDisk() {
    assertThat(execute("store", "stats")).isZero();
    assertThat(terminal.out()).contains("requests and what they did").contains("all");
    assertThat(execute("store", "stats", "--json")).isZero();
    assertThat(terminal.out()).contains("{\"table\":\"span\",\"bytes\":");
  }

  @Test
  void forget_asksFirst() {
    assertThat(execute("forget", "--user", "bob")).isEqualTo(2);
    assertThat(terminal.err()).contains("give --yes");
    assertThat(execute("forget")).isEqualTo(2);
    assertThat(execute("forget", "--trace", "12")).isEqualTo(2);
    assertThat(execute("forget", "--user", "bob", "--trace", "0".repeat(32))).isEqualTo(2);
  }

  @Test
  void forget_saysThatOtherHostsOfADatabaseHaveOtherPseudonyms() throws IOException {
    Files.writeString(home.resolve("store.properties"), "url=jdbc:postgresql://127.0.0.1:1/none");

    assertThat(execute("forget", "--user", "bob", "--dry-run")).isEqualTo(1);
    assertThat(terminal.err()).contains("each host has a pseudonym of its own for a user");
    terminal = CapturedTerminal.piped();
    assertThat(execute("forget", "--conversation", "c", "--dry-run")).isEqualTo(1);
    assertThat(terminal.err()).doesNotContain("pseudonym");
  }

  @Test
  void forget_takesOutATrace() {
    String trace = new TraceId(0xbbbbbbbbbbbbbbbbL, 2).hex();
    assertThat(execute("forget", "--trace", trace, "--dry-run")).isZero();
    assertThat(terminal.out()).contains("would take out ");
    assertThat(execute("show", trace)).isZero();

    assertThat(execute("forget", "--trace", trace, "--yes", "--json")).isZero();
    assertThat(terminal.out()).contains("{\"dry_run\":false,\"removed\":{").contains("\"spans\":");
    assertThat(execute("show", trace)).isEqualTo(1);
    assertThat(execute("forget", "--trace", trace, "--yes")).isZero();
    assertThat(terminal.out()).contains("there was nothing to take out");
  }

  @Test
  void forget_takesOutWhatWasBeforeATime() {
    assertThat(execute("forget", "--before", "2025-12-31", "--dry-run")).isZero();
    assertThat(terminal.out()).contains("nothing would go");
    assertThat(execute("forget", "--before", "2026-02-01", "--dry-run")).isZero();
    assertThat(terminal.out()).contains("would take out ");
    assertThat(execute("forget", "--before", "2026-02-01", "--yes")).isZero();
    assertThat(terminal.out()).contains("took out ").contains(" spans").contains(" exceptions");
    assertThat(requests()).isEmpty();
    assertThat(execute("forget", "--before", "soon", "--yes")).isEqualTo(2);
    assertThat(terminal.err()).contains("--before takes a time that has passed");
    assertThat(execute("forget", "--before", "9999-01-01", "--yes")).isEqualTo(2);
  }

  private String requests() {
    CapturedTerminal before = terminal;
    terminal = CapturedTerminal.piped();
    assertThat(execute("requests", "--since", "1970-01-01T00:00:00Z")).isZero();
    String out = terminal.out();
    terminal = before;
    return out;
  }

  private int execute(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = home.toString();
    Invocation invocation = new Invocation(terminal.terminal(), Clock.systemUTC(), Map.of());
    return Main.commandLine(invocation, all).execute(all);
  }
}
