package dev.engram.collector.store.sqlite;

import static dev.engram.collector.store.sqlite.SummedStore.BLOCK;
import static dev.engram.collector.store.sqlite.SummedStore.INSTANCE;
import static dev.engram.collector.store.sqlite.SummedStore.SUMMED_UP;
import static dev.engram.collector.store.testkit.Rows.begunAt;
import static dev.engram.collector.store.testkit.Rows.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of a few rows each; the time of a row is its position. */
class BlocksOfTimeTest {
  private static final SpanFilter CALLS = new SpanFilter(0, 0, null, "CLIENT", "ai", null, 0, 0, 0);

  @TempDir private Path folder;

  @Test
  void whatBeganAtTheEndsOfATime_isOfIt() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      fill(store, 1, 3);
      store.catchUp();

      assertThat(count(store, 3, 0)).isEqualTo(1);
      assertThat(count(store, 3, 4)).isEqualTo(1);
      assertThat(count(store, 4, 0)).isZero();
      assertThat(count(store, 0, 2)).isEqualTo(1);
      assertThat(count(store, 1, 2)).isEqualTo(1);
      assertThat(count(store, -1, 1)).isZero();
      assertThat(count(store, 1, 4)).isEqualTo(3);
    }
  }

  @Test
  void ofATimeThatHasPartsOfBlocksAlone_oneBlockIsRead() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      fill(store, 4, 3);
      store.catchUp();
      assertThat(count(store, 2, 3)).isEqualTo(1);

      store.change("DELETE FROM block_sum WHERE block = 3");
      assertThat(store.sums(SumKind.REQUEST, 2, 3)).isEmpty();
      assertThat(count(store, 1, 4)).isEqualTo(3);
      assertThat(count(store, 0, 0)).isEqualTo(12);
    }
  }

  @Test
  void ofAKindWithoutRows_someBlocksWithoutSumsAreRead() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      fill(store, 10, 2);
      store.catchUp();
      store.change("DELETE FROM block_sum WHERE block >= 2 OR level = 1");
      assertThat(store.sums(SumKind.STATEMENT, 2, 4)).isPresent();
      assertThat(store.sums(SumKind.EXCEPTION, 2, 0)).isPresent();

      store.change("DELETE FROM block_sum WHERE block = 1");
      assertThat(store.sums(SumKind.STATEMENT, 2, 4)).isEmpty();
      assertThat(store.sums(SumKind.STATEMENT, 0, 0)).isPresent();
    }
  }

  @Test
  void moreThanSomeBlocksWithoutSums_areNotRead() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      fill(store, 64, 1);
      assertThat(count(store, 0, 0)).isEqualTo(64);
      store.write(span(INSTANCE, 65));
      store.moveTo(65);
      assertThat(store.sums(SumKind.REQUEST, 0, 0)).isEmpty();
    }
  }

  @Test
  void longRequestsAndCalls_areReadFromFewBlocksWithoutSums() throws SQLException {
    SpanFilter longer = new SpanFilter(0, 0, null, "SERVER", null, null, 1, 0, 1);
    try (SummedStore store = new SummedStore(folder)) {
      fill(store, 8, 1);
      assertThat(latest(store, longer)).isPresent();
      assertThat(store.<Boolean>ask(it -> SelectCalls.visit(CALLS, call -> {}, it))).isTrue();

      store.write(span(INSTANCE, 9));
      store.moveTo(9);
      assertThat(latest(store, longer)).isEmpty();
      assertThat(store.<Boolean>ask(it -> SelectCalls.visit(CALLS, call -> {}, it))).isFalse();
    }
  }

  @Test
  void ofLongRequestsOfOneTime_thatWhichArrivedLastIsFirst() throws SQLException {
    SpanFilter longer = new SpanFilter(0, 0, null, "SERVER", null, null, 1, 0, 1);
    try (SummedStore store = new SummedStore(folder)) {
      store.write(begunAt(5, span(INSTANCE, 1)));
      store.moveTo(1);
      store.write(begunAt(5, span(INSTANCE, 2)));
      store.moveTo(2);
      store.catchUp();

      assertThat(latest(store, longer).orElseThrow())
          .extracting(it -> it.row().position())
          .containsExactly(2L);
    }
  }

  @Test
  void aBlockOfTheNextLevel_isMadeWhenItIsComplete() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      store.write(begunAt(1, span(INSTANCE, 1)));
      store.moveTo(1);
      store.catchUp();
      assertThat(store.blocks(1)).isZero();

      for (int block = 1; block <= Arrivals.FAN; block++) {
        store.write(begunAt(block + 1, span(INSTANCE, block + 1)));
        store.moveTo(block + 1);
        store.catchUp();
      }
      assertThat(store.blocks(1)).isEqualTo(SUMMED_UP);
      assertThat(count(store, 0, 0)).isEqualTo(Arrivals.FAN + 1);
    }
  }

  @Test
  void aBlockOfTheNextLevel_isMadeThoughTheLastOfItHasNoRows() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      fill(store, Arrivals.FAN - 1, 1);
      store.catchUp();
      assertThat(store.blocks(1)).isZero();

      store.moveTo(Arrivals.FAN);
      store.catchUp();
      assertThat(store.blocks(1)).isEqualTo(SUMMED_UP);
      assertThat(count(store, 0, 0)).isEqualTo(Arrivals.FAN - 1);
    }
  }

  @Test
  void aBlockOfTheNextLevel_isMadeThoughTheLastThatWasMissingHasLostItsRows() throws SQLException {
    try (SummedStore store = new SummedStore(folder)) {
      fill(store, Arrivals.FAN, 1);
      for (int step = 0; step < (Arrivals.FAN - 1) * BLOCK / BlockDraft.STEP; step++) {
        assertThat(store.writer().sumUp()).isTrue();
      }
      assertThat(store.blocks(1)).isZero();

      store.removeOlder(2);
      store.catchUp();
      assertThat(store.blocks(1)).isEqualTo(SUMMED_UP);
      assertThat(count(store, 0, 0)).isEqualTo(Arrivals.FAN - 1);
    }
  }

  private static Optional<List<StoredSpan>> latest(SummedStore store, SpanFilter filter)
      throws SQLException {
    return store.ask(it -> SelectLongRequests.latest(filter, it));
  }

  /** So many blocks of as many requests each, at 1, 2, and so on. */
  private static void fill(SummedStore store, int blocks, int each) throws SQLException {
    long position = 1;
    for (int block = 0; block < blocks; block++) {
      for (int request = 0; request < each; request++) {
        store.write(begunAt(position, span(INSTANCE, position)));
        position++;
      }
      store.moveTo(block + 1);
    }
  }

  private static long count(SummedStore store, long since, long until) throws SQLException {
    return store.count(SumKind.REQUEST, since, until);
  }
}
