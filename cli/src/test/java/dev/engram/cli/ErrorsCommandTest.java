package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.StoreWriter;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsCommandTest {
  private static final long SECOND = 1_000_000_000L;
  private static final InstanceId LATER = new InstanceId(new UUID(7, 7));
  private static final InstanceId NEXT = new InstanceId(new UUID(7, 8));

  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeEach
  void remember() {
    SampleMemory.in(
        home, writer -> put(writer, LATER, "1.1", 10 * SECOND, 0x00cd000000000000L, 11 * SECOND));
  }

  @Test
  void name_andAssignee_areShown() {
    assertThat(run("errors", "name", "E-abc", "box\u001b[2J")).isZero();
    assertThat(terminal.out()).isEqualTo("remembered: E-abcdef012345 name box\\u001b[2J\n");
    assertThat(run("errors", "assign", "E-abc", "bob", "--comment", "he knows")).isZero();

    assertThat(out("errors").lines())
        .anySatisfy(
            line ->
                assertThat(line).contains("  shop     bob    box\\u001b[2J (com.acme.NoBox: no "));
    assertThat(out("errors", "show", "E-abc"))
        .startsWith("E-abcdef012345 box\\u001b[2J (com.acme.NoBox")
        .contains("\nassignee  bob\ncomment   he knows\n");
    assertThat(out("errors", "--json"))
        .contains("\"state\":\"open\",\"state_version\":null,\"state_by\":null,\"name\":\"box")
        .contains("\"assignee\":\"bob\",\"comment\":\"he knows\",\"merged\":[]");
  }

  @Test
  void ignoredOne_isHidden_untilAllAreAsked_orItIsReopened() {
    assertThat(run("errors", "ignore", "E-abc", "--author", "ada")).isZero();

    assertThat(out("errors", "--json")).doesNotContain("E-abcdef012345").contains("E-00cd00000000");
    assertThat(out("errors", "--all", "--json"))
        .contains("E-abcdef012345")
        .contains("\"state\":\"ignored\",\"state_version\":null,\"state_by\":\"ada\"");
    assertThat(out("errors", "show", "E-abc")).contains("\nstate     ignored, said by ada\n");

    run("errors", "reopen", "E-abc");
    assertThat(out("errors", "--json")).contains("E-abcdef012345");
  }

  @Test
  void resolvedOne_regressesOnALaterVersion() {
    assertThat(run("errors", "resolve", "E-00cd", "--json")).isZero();
    assertThat(terminal.out())
        .isEqualTo("{\"id\":\"E-00cd00000000\",\"told\":{\"resolved\":\"\"},\"stored\":true}\n");
    assertThat(out("errors")).contains("  resolved  x.Y: m");

    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      put(store.writer(), NEXT, "1.2", 70 * SECOND, 0x00cd000000000000L, 71 * SECOND);
    }
    assertThat(out("errors")).contains("  regressed in 1.2  x.Y: m");

    run("errors", "resolve", "E-00cd", "--in", "1.3");
    assertThat(out("errors", "show", "E-00cd")).contains("\nstate     resolved in 1.3, said by ");
  }

  @Test
  void mergedOnes_areOne_whicheverIdIsTyped_untilTheyAreSplit() {
    assertThat(out("errors", "merge", "E-abc", "E-00cd"))
        .isEqualTo("remembered: E-00cd00000000 merged E-abcdef012345\n");
    assertThat(out("errors", "--json").lines())
        .singleElement()
        .asString()
        .contains("\"id\":\"E-abcdef012345\"", "\"count\":2", "\"merged\":[\"E-00cd00000000\"]");
    assertThat(out("errors", "show", "E-00cd"))
        .startsWith("E-abcdef012345 x.Y: m\n")
        .contains("\nmerged    E-00cd00000000\n");
    run("errors", "ignore", "E-00cd");
    assertThat(out("errors", "--json")).isEmpty();
    run("errors", "reopen", "E-abc");

    assertThat(run("errors", "split", "E-00cd")).isZero();
    assertThat(out("errors", "--json").lines()).hasSize(2);
  }

  @Test
  void whatCannotBe_isSaid_andNothingIsTold() {
    assertThat(run("errors", "ignore", "E-1234")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("engram: nothing with the id E-1234; see: engram errors\n");
    assertRefused("checkout is no error group", "errors", "ignore", "checkout");
    assertRefused("NAME takes 1 to", "errors", "name", "E-abc", "");
    terminal = CapturedTerminal.piped();
    assertThat(run("errors", "merge", "E-00cd", "E-abc", "E-00")).isEqualTo(1);
    assertThat(terminal.err()).contains("E-00cd00000000 is a part of E-00cd00000000 already");
    terminal = CapturedTerminal.piped();
    assertThat(run("errors", "split", "E-abc")).isEqualTo(1);
    assertThat(terminal.err()).contains("E-abcdef012345 was merged into no other");

    try (SqliteStore store = SqliteStore.openReadOnly(SqliteStore.fileIn(home))) {
      assertThat(store.reader().knowledge()).isEmpty();
    }
  }

  private void assertRefused(String why, String... words) {
    terminal = CapturedTerminal.piped();
    assertThat(run(words)).isEqualTo(2);
    assertThat(terminal.err()).contains(why);
  }

  private static void put(
      StoreWriter writer,
      InstanceId id,
      String version,
      long started,
      long fingerprint,
      long time) {
    writer.putInstance(
        new Instance(id, "shop", version, SampleMemory.MIDNIGHT + started, 0, Map.of()));
    ThrownStack stack = new ThrownStack("x.Y", "m", 0, List.of(), 0, null, List.of());
    Row row =
        new ExceptionRow(
            id,
            1,
            SampleMemory.MIDNIGHT + time,
            TraceId.NONE,
            0,
            "escaped",
            "main",
            null,
            "x.Y",
            "m",
            fingerprint,
            stack);
    writer.write(new Batch(id, List.of(row), new Checkpoint(1, 1, 0), 1, 0, 0, Map.of()));
  }

  /** What a command answers that is to succeed. */
  private String out(String... words) {
    terminal = CapturedTerminal.piped();
    assertThat(run(words)).as(terminal.err()).isZero();
    return terminal.out();
  }

  private int run(String... words) {
    return RunCommands.in(home, terminal, SampleMemory.CLOCK, words);
  }
}
