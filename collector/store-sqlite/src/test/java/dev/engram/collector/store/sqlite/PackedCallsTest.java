package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.SummedStore.BLOCK;
import static dev.engram.collector.store.sqlite.SummedStore.INSTANCE;
import static dev.engram.collector.store.sqlite.SummedStore.KINDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @Test
  void manyCallsOfOneTime_areReadByTheIndex() throws SQLException {
    String ofCalls = " WHERE kind = " + SumKind.CALL.number();
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 3 * BLOCK + RowsToSum.BATCH);
      store.catchUp();
      store.change("UPDATE block_sum SET first = 0" + ofCalls);
      assertThat(isAnsweredByBlocks(store)).isTrue();
      SumComparison.assertSameCalls(store.reader(), 0, 0, null);

      store.change("UPDATE block_sum SET sums = zeroblob(6000000)" + ofCalls);
      assertThat(isAnsweredByBlocks(store)).isFalse();
      SumComparison.assertSameCalls(store.reader(), 0, 0, null);
    }
  }

  @Test
  void largeCallsAfterOneAnother_areNotHeldTogether() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      for (int block = 0; block < 5; block++) {
        store.write(calls(block * 1_000L + 1, 480));
        store.moveTo(block + 1);
      }
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(5L * KINDS);
      assertThat(isAnsweredByBlocks(store)).isTrue();
      SumComparison.assertSameCalls(store.reader(), 0, 0, null);
    }
  }

  @Test
  void tooLargeCalls_areNotPacked() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      store.write(calls(1, 700));
      assertThat(isAnsweredByBlocks(store)).isFalse();
      store.moveTo(1);
      store.catchUp();

      assertThat(store.blocks(0)).isEqualTo(KINDS - 1L);
      assertThat(isAnsweredByBlocks(store)).isFalse();
      SumComparison.assertSame(store.reader(), 1_000_000);
      assertThat(store.writer().sumUp()).isFalse();
    }
  }

  private static boolean isAnsweredByBlocks(SummedStore store) throws SQLException {
    return store.ask(it -> SelectCalls.visit(CALLS, call -> {}, it));
  }

  /** So many, each of eight kilobytes and at the time of its position. */
  private static Row[] calls(long from, int count) {
    Row[] calls = new Row[count];
    for (int i = 0; i < count; i++) {
      calls[i] = call(from + i);
    }
    return calls;
  }

  private static SpanRow call(long position) {
    return new SpanRow(
        INSTANCE,
        position,
        Rows.TRACE,
        position,
        0,
        "CLIENT",
        "ai",
        "chat",
        position,
        500,
        "ok",
        null,
        Map.of("gen_ai.system_instructions", position + "x".repeat(8_000)),
        List.of(),
        false);
  }
}
