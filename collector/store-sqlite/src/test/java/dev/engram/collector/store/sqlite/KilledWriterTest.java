package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.SpanFilter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {
  private static final int KILLS = 4;
  private static final int BATCHES_EACH = 20;
  private static final SpanFilter ALL = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);

  @Test
  void killedWriter_leavesWholeBatches_andTheirCheckpoint(@TempDir Path folder) throws Exception {
    long committed = -1;
    for (int kill = 0; kill < KILLS; kill++) {
      committed = Math.max(committed, writeAndKill(folder));
      assertWhole(folder, committed);
    }
    assertThat(committed).isGreaterThan((long) KILLS * BATCHES_EACH * WriteUntilKilled.ROWS - 1);
  }

  /** The last position the process said was committed. */
  private static long writeAndKill(Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WriteUntilKilled.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = -1;
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      for (int seen = 0; line != null; seen++) {
        last = Long.parseLong(line);
        if (seen == BATCHES_EACH) {
          process.toHandle().destroyForcibly(); // Process.destroyForcibly closes the stream.
        }
        line = output.readLine();
      }
    }
    process.waitFor();
    return last;
  }

  private static void assertWhole(Path folder, long committed) throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      Checkpoint end = store.writer().checkpoint(WriteUntilKilled.INSTANCE).orElseThrow();
      List<Long> positions =
          store.reader().spans(ALL).stream().map(span -> span.row().position()).toList();
      Set<Long> distinct = new HashSet<>(positions);

      assertThat(end.position()).isGreaterThanOrEqualTo(committed);
      assertThat((end.position() + 1) % WriteUntilKilled.ROWS).isZero();
      assertThat(positions).hasSize((int) end.position() + 1);
      assertThat(distinct).hasSize(positions.size()).contains(0L, end.position());
      assertThat(store.reader().accounting().get(WriteUntilKilled.INSTANCE).stored())
          .isEqualTo(positions.size());
      assertSummedUp(store, positions.size());
    }
  }

  /** With what there are of sums, and with all. */
  private static void assertSummedUp(SummedStore store, int rows) throws SQLException {
    assertThat(store.blocks(0)).isPositive();
    SumComparison.assertSame(store.reader(), rows * 1_000L);
    store.moveTo((store.number("SELECT next_arrival FROM sequence") >> Arrivals.BLOCK_BITS) + 1);
    store.catchUp();
    assertThat(store.blocks(0)).isEqualTo((long) rows / WriteUntilKilled.ROWS * SummedStore.KINDS);
    SumComparison.assertSame(store.reader(), rows * 1_000L);
  }
}
