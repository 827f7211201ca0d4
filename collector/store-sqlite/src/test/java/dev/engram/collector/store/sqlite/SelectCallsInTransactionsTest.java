package dev.engram.collector.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.testkit.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

class SelectCallsInTransactionsTest {
  private static final InstanceId SHOP = new InstanceId(new UUID(1, 1));
  private static final StatementFilter ALL = new StatementFilter(0, 0, null, 0, 0);
  private static final int STEPS = 10;

  @Test
  void workOfALargeTrace_growsWithItsSize(@TempDir Path small, @TempDir Path large)
      throws SQLException {
    long ofFew = work(small, 250, true);
    long ofMany = work(large, 1_000, true);

    assertThat(ofFew).isPositive();
    assertThat(ofMany).isLessThan(8 * ofFew);
  }

  @Test
  void traceWithoutACallInATransaction_isNotRead(@TempDir Path without, @TempDir Path with)
      throws SQLException {
    assertThat(2 * work(without, 250, false)).isLessThan(work(with, 250, true));
  }

  @Test
  void whatIsOlder_isNotRead(@TempDir Path small, @TempDir Path large) throws SQLException {
    StatementFilter later = new StatementFilter(Rows.time(100_000), 0, null, 0, 0);

    write(small, 10, true);
    write(large, 1_000, true);
    assertThat(work(large, later, 0)).isEqualTo(work(small, later, 0));
  }

  /** How much SQLite does for a trace with so many transactions and calls: its steps, in tens. */
  private static long work(Path folder, int turns, boolean isDuring) throws SQLException {
    write(folder, turns, isDuring);
    return work(folder, ALL, isDuring ? 1 : 0);
  }

  private static void write(Path folder, int turns, boolean isDuring) {
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.writer().putInstance(new Instance(SHOP, "shop", "1.0", 1_000, 0, Map.of()));
      store.writer().write(batch(turns, isDuring));
    }
  }

  private static long work(Path folder, StatementFilter filter, int found) throws SQLException {
    AtomicLong work = new AtomicLong();
    Connection sqlite = new DatabaseFile(SqliteStore.fileIn(folder)).openForReading();
    try (ReadConnection connection = new ReadConnection(sqlite)) {
      ProgressHandler.setHandler(sqlite, STEPS, counting(work));
      assertThat(SelectCallsInTransactions.by(filter, connection)).hasSize(found);
    }
    return work.get();
  }

  private static ProgressHandler counting(AtomicLong work) {
    return new ProgressHandler() {
      @Override
      protected int progress() {
        work.incrementAndGet();
        return 0;
      }
    };
  }

  private static Batch batch(int turns, boolean isDuring) {
    List<Row> rows = new ArrayList<>();
    for (int turn = 1; turn <= turns; turn++) {
      rows.add(client(turn * 10L - (isDuring ? 2 : 5), "http", 1_000, Map.of()));
      rows.add(client(turn * 10L, "sql", 1_000, Map.of("engram.db.transaction.duration", 3_000L)));
    }
    long last = turns * 10L;
    return new Batch(SHOP, rows, new Checkpoint(last, last, 0), rows.size(), 0, 0, Map.of());
  }

  private static SpanRow client(
      long position, String category, long nanos, Map<String, Object> attributes) {
    return new SpanRow(
        SHOP,
        position,
        Rows.TRACE,
        position,
        1,
        "CLIENT",
        category,
        category,
        Rows.time(position),
        nanos,
        "ok",
        null,
        attributes,
        List.of(),
        false);
  }
}
