package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.SummedStore.BLOCK;
import static dev.engram.collector.store.sqlite.SummedStore.KINDS;
import static dev.engram.collector.store.sqlite.SummedStore.SUMMED_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedSumsTest {
  private static final int BATCH = RowsToSum.BATCH;
  private static final int SPANS = (Arrivals.FAN + 1) * BLOCK + BATCH;
  private static final long STEP = RowsToSum.STEP;

  /** A call of a model, of which all columns are read. */
  private static final String DAMAGED =
      "(SELECT min(arrival) FROM span WHERE rare = 1 AND arrival >= " + BLOCK + ")";

  private final RowsToSum rows = new RowsToSum(SPANS);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"attributes = x'05'", "attributes = x'0109'", "status_description = 7"})
  void aDamagedRow_holdsUpItsBlockAlone(String damage) throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 3 * BLOCK + BATCH);
      store.change("UPDATE span SET " + damage + " WHERE arrival = " + DAMAGED);
      assertDamage(store::catchUp);
      assertThat(store.blocks(0)).isEqualTo(2L * KINDS);

      rows.fill(store.writer(), 3 * BLOCK + BATCH, 4 * BLOCK + BATCH);
      assertThat(store.writer().sumUp()).isTrue();
      assertDamage(store::catchUp);
      assertThat(store.blocks(0)).isEqualTo(3L * KINDS);
      assertThat(store.number("SELECT count(*) FROM block_sum WHERE block = 1")).isZero();

      store.change("DELETE FROM span WHERE arrival = " + DAMAGED);
      store.catchUp();
      assertThat(store.blocks(0)).isEqualTo(4L * KINDS);
      SumComparison.assertSame(store.reader(), 4 * BLOCK * STEP);
    }
  }

  @Test
  void aBlockWithADamagedRow_isMadeWhenRetentionHasTakenThatOut() throws SQLException {
    rows.arriveInOrder();
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), 3 * BLOCK + BATCH);
      store.change("UPDATE span SET attributes = x'05' WHERE arrival = " + DAMAGED);
      assertDamage(store::catchUp);

      store.removeOlder((BLOCK + BLOCK / 2) * STEP);
      store.catchUp();
      store.removeOlder((2 * BLOCK + BLOCK / 2) * STEP);
      store.catchUp();
      assertThat(store.blocks(0)).isZero();
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void aMissingValue_isDamage() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), BATCH);
      store.changeWithoutConstraints("span", "UPDATE span SET attributes = NULL");
      SpanFilter all = new SpanFilter(0, 0, null, null, null, null, 0, 0, 0);
      assertDamage(() -> store.reader().spans(all));
      SpanFilter calls = new SpanFilter(0, 0, null, "CLIENT", "ai", null, 0, 0, 0);
      assertDamage(() -> store.reader().visit(calls, call -> {}));
    }
  }

  @Test
  void whereSumsAreDamaged_rowsAreRead() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), SPANS);
      store.catchUp();
      assertThat(store.blocks(1)).isEqualTo(SUMMED_UP);
      store.change(
          "UPDATE block_sum SET sums = substr(sums, 1, length(sums) - 1)"
              + " WHERE level = 1 OR block IN (3, 8)");

      SumComparison.assertSame(store.reader(), SPANS * STEP);
      SumComparison.assertSameLongRequests(store.reader(), 20_000, SPANS * STEP);
      for (SumKind kind : SumKind.SUMMED_UP) {
        assertThat(store.sums(kind, 0, 0)).isPresent();
      }
    }
  }

  @Test
  void damagedSums_areMadeAnewBeforeThoseOfTheNextLevel() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      rows.fill(store.writer(), (Arrivals.FAN - 1) * BLOCK + BATCH);
      store.catchUp();
      store.change(
          "UPDATE block_sum SET sums = substr(sums, 1, length(sums) - 1) WHERE block IN (2, 5)");
      String bytes = "SELECT sum(length(sums)) FROM block_sum WHERE block IN (2, 5)";
      long damaged = store.number(bytes);

      rows.fill(store.writer(), (Arrivals.FAN - 1) * BLOCK + BATCH, SPANS);
      store.catchUp();
      assertThat(store.blocks(1)).isEqualTo(SUMMED_UP);
      assertThat(store.number(bytes)).isEqualTo(damaged + 2L * KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  private static void assertDamage(ThrowingCallable action) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(action)
        .matches(failure -> failure.kind() == Kind.CORRUPT);
  }
}
