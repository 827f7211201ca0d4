package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Period;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that may lack records says so, of its own time and service alone. */
class IncompleteAnswerTest {
  private static final String LINE =
      "engram: incomplete: 12 shed (ring_full) at 00:00; see: engram status\n";

  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @BeforeEach
  void lose() {
    SampleMemory.in(
        home,
        writer ->
            writer.putCounters(
                SampleMemory.INSTANCE, shed("ring_full", 12), milliseconds(50, 300)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests",
        "requests --status error",
        "errors",
        "sql",
        "show 0000000000000010",
        "show E-abcdef012345"
      })
  void answer_thatMayLackRecords_saysSoOnStandardError(String command) {
    assertThat(ask(command)).isZero();
    assertThat(terminal.err()).isEqualTo(LINE);
    assertThat(terminal.out()).isNotEmpty().doesNotContain("incomplete");

    terminal = CapturedTerminal.piped();
    assertThat(ask(command + " --json")).isZero();
    assertThat(terminal.err()).isEqualTo(LINE);
    assertThat(terminal.out().lines()).isNotEmpty().allMatch(line -> line.startsWith("{"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requests --limit 1",
        "requests --until 2026-01-01T00:00:00.030Z",
        "requests --since 2026-01-01T00:00:00.400Z",
        "sql --since 2026-01-01T00:00:00.400Z",
        "errors --since 2026-01-01T00:00:00.400Z",
        "show 0000000000000020"
      })
  void answer_ofAnotherTime_saysNothing(String command) {
    assertThat(ask(command)).isZero();
    assertThat(terminal.err()).doesNotContain("incomplete");
  }

  @Test
  void severalLosses_areSummedOnOneLine_forTheServiceAskedFor() {
    loseInAnotherService();

    ask("requests");
    assertThat(terminal.err())
        .isEqualTo(
            "engram: incomplete: 1 dropped (queue_full), 12 shed (ring_full)"
                + " between 2025-12-31 23:59 and 00:00; see: engram status\n");
    terminal = CapturedTerminal.piped();
    ask("requests --service shop");
    assertThat(terminal.err()).isEqualTo(LINE);
  }

  @Test
  void status_hasTheSumsAsJson() {
    loseInAnotherService();

    ask("status --json");

    assertThat(terminal.out())
        .contains(
            ",\"losses\":[{\"service\":\"shop\",\"term\":\"shed\",\"reason\":\"ring_full\","
                + "\"count\":12,\"since\":\"2026-01-01T00:00:00.050000000Z\","
                + "\"until\":\"2026-01-01T00:00:00.300000000Z\"},"
                + "{\"service\":\"till\",\"term\":\"dropped\",\"reason\":\"queue_full\","
                + "\"count\":1,\"since\":\"2025-12-31T23:59:59.999000000Z\","
                + "\"until\":\"2026-01-01T00:00:00.000000000Z\"}],\"store_bytes\":");
  }

  private void loseInAnotherService() {
    InstanceId till = new InstanceId(new UUID(1, 1));
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      store.writer().putInstance(new Instance(till, "till", "1.0", 1, 0, Map.of()));
      Checkpoint end = new Checkpoint(1, 1, 0);
      store.writer().write(new Batch(till, List.of(), end, 0, 0, 0, Map.of("queue_full", 1L)));
      store.writer().putCounters(till, ProducerCounts.NONE, milliseconds(-1, 0));
    }
  }

  private ProducerCounts shed(String reason, long count) {
    return new ProducerCounts(4 + count, 4, Map.of(reason, count), 0, 4, 0, 0);
  }

  private Period milliseconds(long since, long until) {
    return new Period(
        SampleMemory.MIDNIGHT + since * 1_000_000, SampleMemory.MIDNIGHT + until * 1_000_000);
  }

  private int ask(String command) {
    return execute((command + " --home " + home).split(" "));
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
