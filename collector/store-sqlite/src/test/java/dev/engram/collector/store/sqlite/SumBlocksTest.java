package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.SummedStore.BLOCK;
import static dev.engram.collector.store.sqlite.SummedStore.KINDS;
import static dev.engram.collector.store.sqlite.SummedStore.SUMMED_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.Subject;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumBlocksTest {
  private static final int SPANS = (Arrivals.FAN + 1) * BLOCK + BLOCK / 2;
  private static final int BATCH = RowsToSum.BATCH;
  private static final long STEP = RowsToSum.STEP;

  private final RowsToSum rows = new RowsToSum(SPANS);

  @TempDir private Path folder;

  @Test
  void sums_areThoseOfReadingEveryRow() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), SPANS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo((Arrivals.FAN + 1) * KINDS);
      assertThat(store.blocks(1)).isEqualTo(SUMMED_UP);
      SumComparison.assertSame(store.reader(), SPANS * STEP);

      store.writer().forget(new Subject.Trace(RowsToSum.traceId(SPANS / 2)), true);
      assertThat(store.blocks(0)).isEqualTo(Arrivals.FAN * KINDS);
      assertThat(store.blocks(1)).isZero();
      SumComparison.assertSame(store.reader(), SPANS * STEP);
      store.writer().forget(new Subject.Before(SPANS / 3 * STEP), true);
      store.catchUp();
      int gone = SPANS / 3 / BLOCK;
      assertThat(store.blocks(0)).isEqualTo((Arrivals.FAN + 1 - gone) * KINDS);
      assertThat(store.blocks(1)).isEqualTo(SUMMED_UP);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void percentilesOfFewExecutions_areExact() {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), SPANS);
      store.catchUp();

      StatementFilter all = new StatementFilter(0, 0, null, 0, 0);
      StatementFilter rows = new StatementFilter(0, 0, null, 0, 0, SumComparison.EVERY_ROW);
      assertThat(rare(store.reader().statements(all)))
          .isNotEmpty()
          .isEqualTo(rare(store.reader().statements(rows)));
    }
  }

  @Test
  void latestLongRequests_areThoseOfReadingEveryRow() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), SPANS);
      store.catchUp();
      for (long most : new long[] {1, 20_000, 100_000, 400_000, 1_000_000, 50_000_000}) {
        SumComparison.assertSameLongRequests(store.reader(), most, SPANS * STEP);
      }
      SpanFilter longest = new SpanFilter(0, 0, null, "SERVER", null, null, 400_000, 0, 5);
      assertThat(SelectLongRequests.canAnswer(longest)).isTrue();
      assertThat(store.ask(it -> SelectLongRequests.latest(longest, it)).orElseThrow()).hasSize(5);
    }
  }

  @Test
  void blocksOfAnEarlierVersion_areMadeAnew() throws SQLException {
    int spans = 2 * BLOCK + BLOCK / 2;
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), spans);
      store.catchUp();
      store.change("DELETE FROM block_sum WHERE kind = " + SumKind.CALL.number());
      store.change("PRAGMA user_version = 12");
    }
    try (SummedStore store = new SummedStore(folder)) {
      store.writer().sumUp();
      assertThat(store.blocks(0)).isZero();
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(2L * KINDS);
      SumComparison.assertSame(store.reader(), spans * STEP);
    }
  }

  @Test
  void statementsOfASystemWithoutAName_areThoseOfNone() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      Map<String, Object> unnamed = Map.of("db.query.text", "select 1", "db.system.name", "");
      Map<String, Object> none = Map.of("db.query.text", "select 1");
      store.write(statement(1, unnamed), statement(2, none), statement(3, none));
      StatementFilter all = new StatementFilter(0, 0, null, 0, 0);
      StatementFilter rows = new StatementFilter(0, 0, null, 0, 0, SumComparison.EVERY_ROW);

      assertThat(store.reader().statements(all)).hasSize(1);
      assertThat(store.reader().statements(rows)).isEqualTo(store.reader().statements(all));
      assertThat(store.reader().repeatedStatements(all, 3)).hasSize(1);
    }
  }

  private static SpanRow statement(long position, Map<String, Object> attributes) {
    SpanRow span = Rows.span(SummedStore.INSTANCE, position, position, false, 500, attributes);
    return Rows.below(9, Rows.inCategory("sql", span));
  }

  @Test
  void sums_areThereAfterARestore_andGoOn() throws SQLException {
    Path copy = folder.resolve("copy.db");
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 2 * BLOCK + BATCH);
      store.catchUp();
      store.backup(copy);
    }
    Path other = folder.resolve("other");
    SqliteStore.restore(copy, SqliteStore.fileIn(other), "before");
    try (SummedStore store = new SummedStore(other)) {
      assertThat(store.blocks(0)).isEqualTo(2L * KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
      rows.fill(store.writer(), 2 * BLOCK + BATCH, 3 * BLOCK + BATCH);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(3L * KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  private static List<StatementSummary> rare(List<StatementSummary> statements) {
    return statements.stream().filter(it -> it.text().equals("rare")).toList();
  }

  @Test
  void aBlock_isSummedUpInSteps() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), BLOCK + BATCH);
      for (int step = 1; step < BLOCK / BlockDraft.STEP; step++) {
        assertThat(store.writer().sumUp()).isTrue();
        assertThat(store.blocks(0)).isZero();
      }
      assertThat(store.writer().sumUp()).isFalse();
      assertThat(store.blocks(0)).isEqualTo(KINDS);
      assertThat(store.writer().sumUp()).isFalse();
    }
  }

  @Test
  void afterAFailure_summingUpGoesOnWhenItsCauseHasGone() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 2 * BLOCK + BATCH);
      store.change(
          "CREATE TRIGGER full BEFORE INSERT ON block_sum"
              + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
      assertThatThrownBy(store::catchUp).isInstanceOf(StoreException.class);
      assertThat(store.blocks(0)).isZero();
      assertThatThrownBy(store::catchUp).isInstanceOf(StoreException.class);

      store.change("DROP TRIGGER full");
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(2 * KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void blocksWithoutRows_areNeitherLookedAtNorKept() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 2 * BATCH);
      store.change("UPDATE sequence SET next_arrival = " + (1L << 50));
      rows.fill(store.writer(), 2 * BATCH, BLOCK + 3 * BATCH);
      store.change("UPDATE sequence SET next_arrival = " + (1L << 60));

      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(3 * KINDS);
      assertThat(store.blocks(1)).isEqualTo(2 * SUMMED_UP);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
      store.writer().forget(new Subject.Before(2 * BATCH * STEP), true);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(2 * KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void instancesOfAService_areSummedUpTogether() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), BLOCK + BATCH, "shop", "shop");
      store.catchUp();

      assertThat(sums(store, SumKind.REQUEST, "shop").all()).hasSize(RowsToSum.NAMES);
      assertThat(sums(store, SumKind.REQUEST, "none").all()).isEmpty();
      assertThat(sums(store, SumKind.OTHER_STATEMENT, "none").all()).isEmpty();
    }
  }

  private static Sums sums(SummedStore store, SumKind kind, String service) throws SQLException {
    return store.sums(kind, 0, 0, service).orElseThrow();
  }
}
