package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.below;
import static dev.engram.collector.store.testkit.Rows.reading;
import static dev.engram.collector.store.testkit.Rows.returning;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.statement;
import static dev.engram.collector.store.testkit.Rows.throwCount;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.MetricFilter;
import dev.engram.collector.store.MetricSummary;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.ThrowFilter;
import dev.engram.collector.store.ThrowSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What readers sum up: statements and readings. */
public abstract class SummaryContract extends StoreContract {
  @Test
  void statements_areSummedUpByText_mostTimeFirst() {
    put(CHECKOUT, "checkout");
    for (int position = 1; position <= 20; position++) {
      write(
          CHECKOUT,
          statement(CHECKOUT, position, "select 1", position * 10, position > 18 ? "error" : "ok"));
    }
    write(CHECKOUT, statement(CHECKOUT, 21, "select 2", 5, "ok"), span(CHECKOUT, 22));

    assertThat(reader().statements(ALL_STATEMENTS))
        .containsExactly(
            new StatementSummary(
                "checkout", "h2", "select 1", 20, 2, 2_100, 200, 100, 190, 0, 0, Rows.TRACE, 20),
            new StatementSummary(
                "checkout", "h2", "select 2", 1, 0, 5, 5, 5, 5, 0, 0, Rows.TRACE, 21));
    assertThat(reader().statements(new StatementFilter(0, 0, null, 195, 0)))
        .extracting(StatementSummary::count)
        .containsExactly(1L);
    assertThat(reader().statements(new StatementFilter(0, 0, null, 0, 1))).hasSize(1);
  }

  @Test
  void statements_sayHowOftenTheyReturnedNoRow() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        statement(CHECKOUT, 1, "select 1", 5, "ok"),
        returning(statement(CHECKOUT, 2, "select 1", 5, "ok"), 0),
        returning(statement(CHECKOUT, 3, "select 1", 5, "ok"), 2));

    StatementSummary found = reader().statements(ALL_STATEMENTS).get(0);
    assertThat(found.counted()).isEqualTo(2);
    assertThat(found.empty()).isEqualTo(1);
    assertThat(reader().span(3).orElseThrow().row().attributes())
        .containsEntry("db.response.returned_rows", 2L);
  }

  @Test
  void repeatedStatements_areCountedBelowEachSpan() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(
        CHECKOUT,
        below(1, statement(CHECKOUT, 1, "select 1", 10, "ok")),
        below(1, statement(CHECKOUT, 2, "select 1", 10, "ok")),
        below(2, statement(CHECKOUT, 3, "select 1", 10, "ok")),
        below(2, statement(CHECKOUT, 4, "select 1", 10, "ok")),
        below(2, statement(CHECKOUT, 5, "select 1", 10, "ok")),
        below(3, statement(CHECKOUT, 6, "select 1", 10, "ok")),
        below(3, statement(CHECKOUT, 7, "select 2", 10, "ok")),
        below(0, statement(CHECKOUT, 8, "select 2", 10, "ok")),
        below(0, statement(CHECKOUT, 9, "select 2", 10, "ok")));
    write(PAYMENT, below(3, statement(PAYMENT, 1, "select 2", 10, "ok")));

    assertThat(reader().repeatedStatements(ALL_STATEMENTS, 2))
        .containsExactly(
            new RepeatedStatement("checkout", "h2", "select 1", 2, 5, 50, 3, Rows.TRACE, 2));
    assertThat(reader().repeatedStatements(ALL_STATEMENTS, 4)).isEmpty();
  }

  @Test
  void metrics_areSummedUpByInstanceNameAndAttributes() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    Map<String, Object> heap = Map.of("jvm.memory.type", "heap");
    write(
        CHECKOUT,
        reading(1, "jvm.memory.used", 30, heap),
        reading(2, "jvm.memory.used", 10, heap),
        reading(3, "jvm.memory.used", 20, heap),
        reading(4, "jvm.memory.used", Double.NaN, heap),
        reading(5, "jvm.memory.used", 7, Map.of()));
    write(PAYMENT, reading(1, "jvm.thread.count", 3, Map.of()));

    assertThat(reader().metrics(ALL_METRICS))
        .containsExactly(
            new MetricSummary(
                "checkout", CHECKOUT, "jvm.memory.used", "By", heap, 3, 10, 30, 20, time(3)),
            new MetricSummary(
                "checkout", CHECKOUT, "jvm.memory.used", "By", Map.of(), 1, 7, 7, 7, time(5)),
            new MetricSummary(
                "payment", PAYMENT, "jvm.thread.count", "By", Map.of(), 1, 3, 3, 3, time(1)));
    assertThat(reader().metrics(new MetricFilter(time(2), time(3), "checkout", 0)))
        .extracting(MetricSummary::last)
        .containsExactly(10.0);
    assertThat(reader().metrics(new MetricFilter(0, 0, null, 1))).hasSize(1);
  }

  @Test
  void throwCounts_areSummedUpByServiceTypeAndSite() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(
        CHECKOUT,
        throwCount(1, null, 10, 0, thrown("T", 0)),
        throwCount(2, "a.B.c(B.java:1)", 4, 2, thrown("T", 7, "a.B.c(B.java:1)")),
        throwCount(3, null, 5, 0, thrown("T", 0)),
        throwCount(
            4, "a.B.c(B.java:1)", 3, 1, thrown("T", 8, "a.B.c(B.java:1)", "a.B.d(B.java:9)")),
        throwCount(5, null, 1, 0, thrown("U", 0)));
    write(PAYMENT, throwCount(1, null, 2, 0, thrown("T", 0)));

    String site = "a.B.c(B.java:1)";
    assertThat(reader().throwCounts(ALL_THROW_COUNTS))
        .containsExactly(
            new ThrowSummary("checkout", "T", null, 15, 0, 0, time(1) - 10, time(3), CHECKOUT, 0),
            new ThrowSummary("checkout", "T", site, 7, 5, 5, time(2) - 10, time(4), CHECKOUT, 8),
            new ThrowSummary("checkout", "U", null, 1, 0, 0, time(5) - 10, time(5), CHECKOUT, 0),
            new ThrowSummary("payment", "T", null, 2, 0, 0, time(1) - 10, time(1), PAYMENT, 0));
    assertThat(reader().throwCounts(new ThrowFilter(time(2), time(4), "checkout")))
        .extracting(ThrowSummary::count)
        .containsExactly(5L, 4L);
    assertThat(reader().frames(CHECKOUT, 8)).contains(List.of(site, "a.B.d(B.java:9)"));
  }
}
