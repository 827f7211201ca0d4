package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.SummedStore.BLOCK;
import static dev.engram.collector.store.sqlite.SummedStore.KINDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.Subject;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are taken out while their blocks are summed up, or after. */
class SumRemovalTest {
  private static final int SPANS = 6 * BLOCK;
  private static final int BATCH = RowsToSum.BATCH;
  private static final long STEP = RowsToSum.STEP;

  private final RowsToSum rows = new RowsToSum(SPANS);

  @TempDir private Path folder;

  @Test
  void whatIsForgottenWhileItsBlockIsSummedUp_isInNoSum() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), BLOCK + BATCH);
      store.writer().sumUp();
      store.writer().forget(new Subject.Trace(RowsToSum.traceId(16)), true);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);

      store.writer().forget(new Subject.Trace(RowsToSum.traceId(32)), true);
      store.writer().sumUp();
      try (Store other = SqliteStore.open(SqliteStore.fileIn(folder))) {
        other.writer().forget(new Subject.Trace(RowsToSum.traceId(64)), true);
      }
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void theBlockThatRowsAreBeingTakenOutOf_waits() throws SQLException {
    rows.arriveInOrder();
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 3 * BLOCK + BATCH);
      store.catchUp();
      store.removeOlder((BLOCK / 2) * STEP);
      assertThat(store.writer().sumUp()).isFalse();
      assertThat(store.blocks(0)).isEqualTo(2 * KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);

      store.removeOlder((BLOCK + BLOCK / 2) * STEP);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void manyBlocksThatRowsAreBeingTakenOutOf_wait() throws SQLException {
    rows.arriveInOrder();
    int all = 6;
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), all * BLOCK + BATCH);
      store.change(
          "UPDATE span SET start = arrival % " + BLOCK + " WHERE arrival % " + BLOCK + " < 200");
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(all * KINDS);

      assertThat(store.writer().removeOlder(Cutoff.of(200)).more()).isTrue();
      assertThat(store.blocks(0)).isZero();
      assertThat(store.writer().sumUp()).isFalse();
      store.removeOlder((BLOCK + BLOCK / 2) * STEP);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo((all - 2) * KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void removalOfOtherRows_lendsNoDelayToABlock() throws SQLException {
    rows.arriveInOrder();
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 2 * BLOCK + BATCH);
      for (int step = 1; step <= BLOCK / BlockDraft.STEP; step++) {
        store.writer().removeOlder(Cutoff.of(step * 100 * STEP));
        store.writer().sumUp();
      }
      assertThat(store.blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void rowsThatAreTakenOutAfterTheyWereRead_areInNoSum() throws SQLException {
    rows.arriveInOrder();
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 2 * BLOCK + BATCH);
      store.writer().sumUp();
      store.removeOlder((BLOCK + BLOCK / 2) * STEP);
      store.catchUp();
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void anExceptionThatIsTakenOutAfterItWasRead_isInNoSum() throws SQLException {
    rows.arriveInOrder();
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 2 * BLOCK + BATCH);
      store.change(
          "UPDATE exception SET time = 0 WHERE arrival ="
              + " (SELECT min(arrival) FROM exception WHERE arrival >= "
              + BLOCK
              + ")");
      store.writer().sumUp();
      Removal removed = store.writer().removeOlder(new Cutoff(Long.MIN_VALUE, 1, Long.MIN_VALUE));
      assertThat(removed.rows()).containsEntry(Removal.Kind.EXCEPTIONS, 1L);
      store.catchUp();
      assertThat(store.count(SumKind.EXCEPTION, 0, 0))
          .isEqualTo(store.number("SELECT count(*) FROM exception"));
    }
  }

  @Test
  void aBlockThatNothingIsTakenOutOfForLong_isMadeAnew() throws SQLException {
    rows.arriveInOrder();
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 2 * BLOCK + BATCH);
      store.catchUp();
      store.removeOlder(BLOCK / 2 * STEP);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(KINDS);

      for (int step = 0; step < RemoveOld.PATIENCE; step++) {
        store.removeOlder(BLOCK / 2 * STEP);
      }
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(2 * KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }
}
