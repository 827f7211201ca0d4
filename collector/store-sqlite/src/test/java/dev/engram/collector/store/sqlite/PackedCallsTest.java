package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.SummedStore.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedCallsTest {
  private static final int SPANS = (Arrivals.FAN + 1) * BLOCK + BLOCK / 2;
  private static final long STEP = RowsToSum.STEP;
  private static final SpanFilter CALLS = new SpanFilter(0, 0, null, "CLIENT", "ai", null, 0, 0, 0);

  private final RowsToSum rows = new RowsToSum(SPANS);

  @TempDir private Path folder;

  @Test
  void calls_areThoseOfReadingEveryRow_whenHalfOfTheBlocksAreThere() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), SPANS);
      for (int step = 0; step < Arrivals.FAN / 2 * BLOCK / BlockDraft.STEP; step++) {
        store.writer().sumUp();
      }
      SumComparison.assertSameCalls(store.reader(), 0, 0, null);
      SumComparison.assertSameCalls(store.reader(), SPANS / 4 * STEP, SPANS * STEP, "shop1");

      assertThat(SelectCalls.canAnswer(CALLS)).isTrue();
      List<StoredSpan> visited = new ArrayList<>();
      assertThat(store.<Boolean>ask(it -> SelectCalls.visit(CALLS, visited::add, it))).isTrue();
      assertThat(visited).hasSizeGreaterThan(SPANS / 20);
    }
  }
}
