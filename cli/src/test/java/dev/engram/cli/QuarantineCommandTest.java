package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.TrustedPaths;
import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.intake.Collector;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram quarantine}, on records as a collector keeps them. */
class QuarantineCommandTest {
  private static final String OF = "11111111-2222-3333-4444-555555555555";
  private static final String GOOD =
      "{\"instance\":\""
          + OF
          + "\",\"position\":7,\"reason\":\"refused\\u001b[2J\",\"row\":{\"type\":"
          + "\"LifecycleRow\",\"value\":{\"position\":7,\"timeEpochNanos\":5,\"event\":\"came back\","
          + "\"attributes\":{\"n\":1}}}}\n";
  private static final String BAD =
      "{\"instance\":\"" + OF + "\",\"position\":8,\"reason\":\"cut\",\"record\":\"AQID\"}\n";

  @TempDir private Path folder;
  private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeEach
  void home() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void nothing_isSaid() {
    assertThat(execute("quarantine")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .isEqualTo("engram: nothing is in quarantine: all that was read is stored\n");
    assertThat(execute("quarantine", "replay")).isZero();
    assertThat(terminal.out()).isEqualTo("there are no records in quarantine\n");
    assertThat(home).as("nothing is made for that").isEmptyDirectory();
  }

  @Test
  void records_areListed_triedAgain_andThoseThatAreStoredAreGone() throws IOException {
    keep(GOOD + GOOD.replace(":7,", ":9,") + BAD);

    assertThat(execute("quarantine")).isZero();
    assertThat(terminal.out().lines().toList().get(1))
        .matches(OF + " +3 +refused\\\\u001b\\[2J \\(and 1 other\\)");
    assertThat(execute("quarantine", "--json")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            "{\"of\":\""
                + OF
                + "\",\"records\":3,\"reasons\":{\"cut\":1,\"refused\\u001B[2J\":2},\"files\":[]}\n");

    assertThat(execute("quarantine", "replay")).isEqualTo(1);
    assertThat(terminal.out()).isEqualTo("2 stored, 1 cannot be stored yet\n");
    assertThat(terminal.err()).isEmpty();
    assertThat(execute("quarantine", "replay", "--json")).isEqualTo(1);
    assertThat(terminal.out()).isEqualTo("{\"stored\":0,\"left\":1}\n");
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      var replay = store.reader().instances().get(0).id();
      assertThat(store.reader().lifecycle(replay))
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.attributes()).isEqualTo(Map.of("n", 1L)));
    }
  }

  @Test
  void whileACollectorServesTheHome_nothingIsTouched() throws IOException {
    keep(GOOD);
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home));
        Collector collector = Collector.open(home, Set.of(), store, line -> {})) {
      assertThat(execute("quarantine", "replay")).isEqualTo(1);
    }
    assertThat(terminal.err()).hasLineCount(1).contains("pid " + ProcessHandle.current().pid());
    assertThat(execute("quarantine", "replay")).isZero();
    assertThat(terminal.out()).isEqualTo("1 stored\n");
  }

  @Test
  void quarantineOfOthers_isRefused() throws IOException {
    keep(GOOD);
    Path records = home.resolve("quarantine/" + OF + "/records.jsonl");
    Files.setPosixFilePermissions(records, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(execute("quarantine")).isEqualTo(1);
    assertThat(terminal.err()).hasLineCount(1).contains(records.toString(), "mend its rights");
    assertThat(execute("quarantine", "replay")).isEqualTo(1);
    assertThat(records).hasContent(GOOD);
  }

  private void keep(String lines) throws IOException {
    Path of = home.resolve("quarantine").resolve(OF);
    Files.createDirectories(
        of, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = Files.writeString(of.resolve("records.jsonl"), lines);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    TrustedPaths.requireOwn(file);
  }

  /** To a fresh terminal. */
  private int execute(String... arguments) {
    terminal = CapturedTerminal.piped();
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = home.toString();
    Invocation invocation = new Invocation(terminal.terminal(), Clock.systemUTC(), Map.of());
    return Main.commandLine(invocation, all).execute(all);
  }
}
