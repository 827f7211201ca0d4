package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.Subject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumBlocksTest {
  private static final int BLOCK = 1 << Arrivals.BLOCK_BITS;
  private static final int KINDS = SumKind.values().length;
  private static final int SUMMED_UP = SumKind.SUMMED_UP.size();
  private static final int SPANS = (Arrivals.FAN + 1) * BLOCK + BLOCK / 2;
  private static final int BATCH = RowsToSum.BATCH;
  private static final long STEP = RowsToSum.STEP;

  private final RowsToSum rows = new RowsToSum(SPANS);

  @TempDir private Path folder;

  @Test
  void sums_areThoseOfReadingEveryRow() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, SPANS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo((Arrivals.FAN + 1) * KINDS);
      assertThat(blocks(1)).isEqualTo(SUMMED_UP);
      SumComparison.assertSame(store.reader(), SPANS * STEP);

      store.writer().forget(new Subject.Trace(RowsToSum.traceId(SPANS / 2)), true);
      assertThat(blocks(0)).isEqualTo(Arrivals.FAN * KINDS);
      assertThat(blocks(1)).isZero();
      SumComparison.assertSame(store.reader(), SPANS * STEP);
      store.writer().forget(new Subject.Before(SPANS / 3 * STEP), true);
      catchUp(store);
      int gone = SPANS / 3 / BLOCK;
      assertThat(blocks(0)).isEqualTo((Arrivals.FAN + 1 - gone) * KINDS);
      assertThat(blocks(1)).isEqualTo(SUMMED_UP);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void percentilesOfFewExecutions_areExact() {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, SPANS);
      catchUp(store);

      StatementFilter all = new StatementFilter(0, 0, null, 0, 0);
      StatementFilter rows = new StatementFilter(0, 0, null, 0, 0, SumComparison.EVERY_ROW);
      assertThat(rare(store.reader().statements(all)))
          .isNotEmpty()
          .isEqualTo(rare(store.reader().statements(rows)));
    }
  }

  @Test
  void latestLongRequests_areThoseOfReadingEveryRow() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, SPANS);
      catchUp(store);
      for (long most : new long[] {1, 20_000, 100_000, 400_000, 1_000_000, 50_000_000}) {
        SumComparison.assertSameLongRequests(store.reader(), most, SPANS * STEP);
      }
    }
    SpanFilter longest = new SpanFilter(0, 0, null, "SERVER", null, null, 400_000, 0, 5);
    assertThat(SelectLongRequests.canAnswer(longest)).isTrue();
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      assertThat(SelectLongRequests.latest(longest, connection).orElseThrow()).hasSize(5);
    }
  }

  @Test
  void callsOfModels_areThoseOfReadingEveryRow_whenHalfOfTheBlocksAreThere() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, SPANS);
      for (int step = 0; step < Arrivals.FAN / 2 * BLOCK / BlockDraft.STEP; step++) {
        store.writer().sumUp();
      }
      SumComparison.assertSameCalls(store.reader(), 0, 0, null);
      SumComparison.assertSameCalls(store.reader(), SPANS / 4 * STEP, SPANS * STEP, "shop1");
    }
    SpanFilter calls = new SpanFilter(0, 0, null, "CLIENT", "ai", null, 0, 0, 0);
    assertThat(SelectCalls.canAnswer(calls)).isTrue();
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      List<StoredSpan> visited = new ArrayList<>();
      assertThat(SelectCalls.visit(calls, visited::add, connection)).isTrue();
      assertThat(visited).hasSizeGreaterThan(SPANS / 20);
    }
  }

  @Test
  void blocksOfAnEarlierVersion_areMadeAnew() throws SQLException {
    int spans = 2 * BLOCK + BLOCK / 2;
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, spans);
      catchUp(store);
    }
    change("DELETE FROM block_sum WHERE kind = " + SumKind.CALL.number());
    change("PRAGMA user_version = 12");
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.writer().sumUp();
      assertThat(blocks(0)).isZero();
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(2L * KINDS);
      SumComparison.assertSame(store.reader(), spans * STEP);
    }
  }

  @Test
  void callsOfBlocksOfOneTime_areReadByTheIndex() throws SQLException {
    int spans = 20 * BLOCK;
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, spans);
      catchUp(store);
      SpanFilter calls = new SpanFilter(0, 0, null, "CLIENT", "ai", null, 0, 0, 0);
      assertThat(isAnsweredByBlocks(calls)).isTrue();

      change("UPDATE block_sum SET first = 0 WHERE kind = " + SumKind.CALL.number());
      assertThat(isAnsweredByBlocks(calls)).isFalse();
      SumComparison.assertSameCalls(store.reader(), 0, 0, null);
    }
  }

  private boolean isAnsweredByBlocks(SpanFilter calls) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      return SelectCalls.visit(calls, it -> {}, connection);
    }
  }

  private static List<StatementSummary> rare(List<StatementSummary> statements) {
    return statements.stream().filter(it -> it.text().equals("rare")).toList();
  }

  @Test
  void aBlock_isSummedUpInSteps() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, BLOCK + BATCH);
      for (int step = 1; step < BLOCK / BlockDraft.STEP; step++) {
        assertThat(store.writer().sumUp()).isTrue();
        assertThat(blocks(0)).isZero();
      }
      assertThat(store.writer().sumUp()).isFalse();
      assertThat(blocks(0)).isEqualTo(KINDS);
      assertThat(store.writer().sumUp()).isFalse();
    }
  }

  @Test
  void afterAFailure_summingUpGoesOnWhenItsCauseHasGone() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, 2 * BLOCK + BATCH);
      change(
          "CREATE TRIGGER full BEFORE INSERT ON block_sum"
              + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
      assertThatThrownBy(() -> catchUp(store)).isInstanceOf(StoreException.class);
      assertThat(blocks(0)).isZero();
      assertThatThrownBy(() -> catchUp(store)).isInstanceOf(StoreException.class);

      change("DROP TRIGGER full");
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(2 * KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void whatIsForgottenWhileItsBlockIsSummedUp_isInNoSum() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, BLOCK + BATCH);
      store.writer().sumUp();
      store.writer().forget(new Subject.Trace(RowsToSum.traceId(16)), true);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);

      store.writer().forget(new Subject.Trace(RowsToSum.traceId(32)), true);
      store.writer().sumUp();
      try (Store other = SqliteStore.open(SqliteStore.fileIn(folder))) {
        other.writer().forget(new Subject.Trace(RowsToSum.traceId(64)), true);
      }
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void blocksWithoutRows_areNeitherLookedAtNorKept() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, 2 * BATCH);
      change("UPDATE sequence SET next_arrival = " + (1L << 50));
      rows.fill(store, 2 * BATCH, BLOCK + 3 * BATCH);
      change("UPDATE sequence SET next_arrival = " + (1L << 60));

      catchUp(store);
      assertThat(blocks(0)).isEqualTo(3 * KINDS);
      assertThat(blocks(1)).isEqualTo(2 * SUMMED_UP);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
      store.writer().forget(new Subject.Before(2 * BATCH * STEP), true);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(2 * KINDS);
      SumComparison.assertSame(store.reader(), SPANS * STEP);
    }
  }

  @Test
  void theBlockThatRowsAreBeingTakenOutOf_waits() throws SQLException {
    rows.arriveInOrder();
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, 3 * BLOCK + BATCH);
      catchUp(store);
      removeOlder(store, BLOCK / 2);
      assertThat(store.writer().sumUp()).isFalse();
      assertThat(blocks(0)).isEqualTo(2 * KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);

      removeOlder(store, BLOCK + BLOCK / 2);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void manyBlocksThatRowsAreBeingTakenOutOf_wait() throws SQLException {
    rows.arriveInOrder();
    int all = 6;
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, all * BLOCK + BATCH);
      change("UPDATE span SET start = arrival % " + BLOCK + " WHERE arrival % " + BLOCK + " < 200");
      catchUp(store);
      assertThat(blocks(0)).isEqualTo(all * KINDS);

      assertThat(store.writer().removeOlder(Cutoff.of(200)).more()).isTrue();
      assertThat(blocks(0)).isZero();
      assertThat(store.writer().sumUp()).isFalse();
      removeOlder(store, BLOCK + BLOCK / 2);
      catchUp(store);
      assertThat(blocks(0)).isEqualTo((all - 2) * KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void aTimeWithoutAnyWholeBlock_isNotReadFromManyBlocks() throws SQLException {
    rows.arriveInOrder();
    long since = BLOCK / 4 * STEP;
    long until = BLOCK / 2 * STEP;
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, 3 * BLOCK + BATCH);
      assertThat(sums(since, until)).isEmpty();
      assertThat(sums(0, 0)).isPresent();
      SumComparison.assertSameSpans(store.reader(), since, until, null);

      catchUp(store);
      assertThat(sums(since, until)).isPresent();
      SumComparison.assertSameSpans(store.reader(), since, until, null);
    }
  }

  private Optional<Sums> sums(long since, long until) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      Map<Long, Long> services = SelectInstances.services(null, connection);
      return SelectSums.of(SumKind.REQUEST, since, until, services, connection);
    }
  }

  @Test
  void removalOfOtherRows_lendsNoDelayToABlock() throws SQLException {
    rows.arriveInOrder();
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, 2 * BLOCK + BATCH);
      for (int step = 1; step <= BLOCK / BlockDraft.STEP; step++) {
        store.writer().removeOlder(Cutoff.of(step * 100 * STEP));
        store.writer().sumUp();
      }
      assertThat(blocks(0)).isEqualTo(KINDS);
      SumComparison.assertSameSpans(store.reader(), 0, 0, null);
    }
  }

  @Test
  void instancesOfAService_areSummedUpTogether() throws SQLException {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      rows.fill(store, BLOCK + BATCH, "shop", "shop");
      catchUp(store);
      Sums sums = sums(SumKind.REQUEST, "shop");

      assertThat(sums.all()).hasSize(RowsToSum.NAMES);
      assertThat(sums(SumKind.REQUEST, "none").all()).isEmpty();
      assertThat(sums(SumKind.OTHER_STATEMENT, "none").all()).isEmpty();
    }
  }

  private Sums sums(SumKind kind, String service) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (ReadConnection connection = new ReadConnection(file.openForReading())) {
      return SelectSums.of(kind, 0, 0, SelectInstances.services(service, connection), connection)
          .orElseThrow();
    }
  }

  private static void removeOlder(Store store, int number) {
    while (store.writer().removeOlder(Cutoff.of(number * STEP)).more()) {
      // Goes on until all are gone.
    }
  }

  private void change(String sql) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (Connection connection = file.openForWriting();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static void catchUp(Store store) {
    while (store.writer().sumUp()) {
      // Goes on until all is summed up.
    }
  }

  private long blocks(int level) throws SQLException {
    DatabaseFile file = new DatabaseFile(SqliteStore.fileIn(folder));
    try (Connection connection = file.openForReading()) {
      return Schema.number(connection, "SELECT count(*) FROM block_sum WHERE level = " + level);
    }
  }
}
