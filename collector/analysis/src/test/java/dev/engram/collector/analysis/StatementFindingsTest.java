package dev.engram.collector.analysis;

import static dev.engram.collector.analysis.Finding.Kind.CALL_IN_TRANSACTION;
import static dev.engram.collector.analysis.Finding.Kind.EMPTY_STATEMENT;
import static dev.engram.collector.analysis.Finding.Kind.N_PLUS_ONE;
import static dev.engram.collector.analysis.Finding.Kind.SLOW_STATEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatementFindingsTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final long FAST = 1_000;

  private final InMemoryStore store = new InMemoryStore();
  private final List<Row> rows = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void repeatedBelowOneSpan_isNPlusOne_fromTheThresholdOn() {
    executions("often", StatementFindings.REPEATED, 7, FAST, 1);
    executions("seldom", StatementFindings.REPEATED - 1, 7, FAST, 1);
    for (int parent = 1; parent <= StatementFindings.REPEATED; parent++) {
      executions("spread", 1, parent, FAST, 1);
    }

    List<Finding> found = find(0);

    assertThat(found).extracting(Finding::kind).containsExactly(N_PLUS_ONE);
    assertThat(found.get(0).statement()).isEqualTo("often");
    assertThat(found.get(0).spanId()).isEqualTo(7);
    assertThat(found.get(0).evidence()).isEqualTo(Map.of("parents", 1L, "most_below_one", 5L));
  }

  @Test
  void slowStatement_isFound_byItsNinetyFifthPercentile() {
    executions("slow", 1, 1, StatementFindings.SLOW_NANOS, 1);
    executions("quick", 1, 1, StatementFindings.SLOW_NANOS - 1, 1);

    assertThat(find(0)).extracting(Finding::kind).containsExactly(SLOW_STATEMENT);
    assertThat(find(0)).extracting(Finding::statement).containsExactly("slow");
  }

  @Test
  void queryThatNeverReturnsARow_isFound_whenThatWasCountedOftenEnough() {
    for (int parent = 1; parent <= StatementFindings.EMPTY; parent++) {
      executions("never", 1, parent, FAST, 0);
      executions("once", 1, parent, FAST, parent == 9 ? 1 : 0);
      executions("untold", 1, parent, FAST, -1);
    }
    executions("seldom", 1, 1, FAST, 0);

    assertThat(find(0)).extracting(Finding::kind).containsExactly(EMPTY_STATEMENT);
    assertThat(find(0)).extracting(Finding::statement).containsExactly("never");
  }

  @Test
  void callWhileATransactionIsOpen_isFound_withBoth() {
    executions("insert", 1, 7, FAST, -1);
    Map<String, Object> peer = Map.of("server.address", "pay", "server.port", 443L);
    rows.add(span("http", "POST", 7, 3_000, 5_000, peer));
    Map<String, Object> open = Map.of("engram.db.transaction.duration", 9_000L);
    rows.add(span("sql", "COMMIT", 7, 9_500, 500, open));

    Finding found = find(0).get(0);

    assertThat(found.kind()).isEqualTo(CALL_IN_TRANSACTION);
    assertThat(found.statement()).isEqualTo("insert");
    assertThat(found.call()).isEqualTo(new Finding.Call("", "POST", "pay", 443));
    assertThat(found.totalNanos()).isEqualTo(5_000);
    assertThat(found.evidence())
        .isEqualTo(Map.of("transactions", 1L, "open_ns", 9_000L, "longest_open_ns", 9_000L));
  }

  @Test
  void findings_comeMostTimeFirst_upToTheLimit() {
    executions("often", StatementFindings.REPEATED, 7, FAST, 1);
    executions("slow", 1, 1, StatementFindings.SLOW_NANOS, 1);

    assertThat(find(0)).extracting(Finding::statement).containsExactly("slow", "often");
    assertThat(find(1)).extracting(Finding::statement).containsExactly("slow");
  }

  private List<Finding> find(int limit) {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
    Checkpoint end = new Checkpoint(rows.size(), rows.size(), 0);
    store.writer().write(new Batch(INSTANCE, rows, end, rows.size(), 0, 0, Map.of()));
    return StatementFindings.find(store.reader(), new StatementFilter(0, 0, null, 0, limit));
  }

  /**
   * @param returned rows of each execution; -1 where it does not say
   */
  private void executions(String text, int count, long parent, long duration, long returned) {
    for (int i = 0; i < count; i++) {
      rows.add(execution(text, parent, duration, returned));
    }
  }

  private SpanRow execution(String text, long parent, long duration, long returned) {
    Map<String, Object> attributes =
        returned < 0
            ? Map.of("db.query.text", text)
            : Map.of("db.query.text", text, "db.response.returned_rows", returned);
    return span("sql", "SELECT", parent, 1_000, duration, attributes);
  }

  private SpanRow span(
      String category,
      String name,
      long parent,
      long start,
      long duration,
      Map<String, Object> attributes) {
    return new SpanRow(
        INSTANCE,
        rows.size(),
        new TraceId(1, 1),
        100 + rows.size(),
        parent,
        "CLIENT",
        category,
        name,
        start,
        duration,
        "unset",
        null,
        attributes,
        List.of(),
        false);
  }
}
