package dev.engram.collector.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnalysisTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));

  private final InMemoryStore store = new InMemoryStore();
  private final List<Row> rows = new ArrayList<>();

  @BeforeEach
  void putInstance() {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void errorGroups_trend_splitsTheTimeAskedAbout() {
    exceptionAt(1_000);
    exceptionAt(1_050);
    exceptionAt(1_099);
    exceptionAt(2_199);
    write();

    List<ErrorGroup> groups = ErrorGroups.find(store.reader(), since(1_000), 2_199);

    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).count()).isEqualTo(4);
    assertThat(groups.get(0).services()).containsExactly("shop");
    assertThat(groups.get(0).trend())
        .containsExactly(3L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
  }

  @Test
  void errorGroups_withoutBegin_startAtTheFirstException() {
    exceptionAt(5_000);
    exceptionAt(6_199);
    write();

    List<ErrorGroup> groups = ErrorGroups.find(store.reader(), since(0), 6_199);

    assertThat(groups.get(0).trend().get(0)).isEqualTo(1);
    assertThat(groups.get(0).trend().get(ErrorGroups.TREND_PARTS - 1)).isEqualTo(1);
    assertThat(groups.get(0).firstSeenEpochNanos()).isEqualTo(5_000);
    assertThat(groups.get(0).lastSeenEpochNanos()).isEqualTo(6_199);
  }

  @Test
  void errorGroups_nothingSeen_areEmpty() {
    assertThat(ErrorGroups.find(store.reader(), since(0), 10)).isEmpty();
  }

  @Test
  void slowStatements_shares_areOfTheWholeNotOfTheLimit() {
    statement("select 1", 300);
    statement("select 1", 300);
    statement("select 2", 200);
    statement("select 3", 200);
    write();

    List<SlowStatement> found =
        SlowStatements.find(store.reader(), new StatementFilter(0, 0, null, 0, 1));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).summary().text()).isEqualTo("select 1");
    assertThat(found.get(0).share()).isEqualTo(0.6);
    assertThat(found.get(0).meanNanos()).isEqualTo(300);
  }

  private static ExceptionFilter since(long since) {
    return new ExceptionFilter(since, 0, null, 0, null, 20);
  }

  private void exceptionAt(long time) {
    ThrownStack stack = new ThrownStack("x.Y", "m", 0, List.of(), 0, null, List.of());
    rows.add(
        new ExceptionRow(
            INSTANCE,
            rows.size(),
            time,
            TraceId.NONE,
            0,
            "escaped",
            "main",
            null,
            "x.Y",
            "m",
            0xabcdef0123456789L,
            stack));
  }

  private void statement(String text, long duration) {
    rows.add(
        new SpanRow(
            INSTANCE,
            rows.size(),
            new TraceId(1, 1),
            rows.size() + 1,
            0,
            "CLIENT",
            "sql",
            "SELECT",
            1_000,
            duration,
            "unset",
            null,
            Map.of("db.query.text", text, "db.system.name", "h2"),
            List.of(),
            false));
  }

  private void write() {
    Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
  }
}
