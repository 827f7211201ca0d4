package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.begun;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.statement;
import static dev.engram.collector.store.testkit.Rows.time;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What readers answer of spans: order, filters, limits, what goes along with them. */
public abstract class SpanContract extends StoreContract {
  @Test
  void spans_comeNewestFirst_upToTheLimit() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, span(CHECKOUT, 1), span(CHECKOUT, 2), span(CHECKOUT, 3));

    assertThat(reader().spans(limit(2)))
        .extracting(span -> span.row().spanId())
        .containsExactly(3L, 2L);
    assertThat(reader().spans(ALL_SPANS))
        .hasSize(3)
        .extracting(StoredSpan::service)
        .containsOnly("checkout");
  }

  @Test
  void spans_afterAnArrival_comeInOrderOfArrival() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, span(CHECKOUT, 1), span(CHECKOUT, 2));
    long seen = reader().spans(limit(1)).get(0).arrival();
    write(CHECKOUT, span(CHECKOUT, 3), span(CHECKOUT, 4));

    SpanFilter following = new SpanFilter(0, 0, null, null, null, null, 0, seen, 0);
    assertThat(reader().spans(following))
        .extracting(span -> span.row().spanId())
        .containsExactly(3L, 4L);
  }

  @Test
  void spans_areFilteredByEachTerm() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, span(CHECKOUT, 1), statement(CHECKOUT, 2, "select 1", 900, "error"));
    write(PAYMENT, span(PAYMENT, 3));

    assertThat(ids(new SpanFilter(time(2), 0, null, null, null, null, 0, 0, 0)))
        .containsExactly(3L, 2L);
    assertThat(ids(new SpanFilter(0, time(2), null, null, null, null, 0, 0, 0)))
        .containsExactly(1L);
    assertThat(ids(new SpanFilter(0, 0, "payment", null, null, null, 0, 0, 0))).containsExactly(3L);
    assertThat(ids(new SpanFilter(0, 0, "nobody", null, null, null, 0, 0, 0))).isEmpty();
    assertThat(ids(new SpanFilter(0, 0, null, "CLIENT", null, null, 0, 0, 0))).containsExactly(2L);
    assertThat(ids(new SpanFilter(0, 0, null, null, "http", null, 0, 0, 0)))
        .containsExactly(3L, 1L);
    assertThat(ids(new SpanFilter(0, 0, null, null, null, "error", 0, 0, 0))).containsExactly(2L);
    assertThat(ids(new SpanFilter(0, 0, null, null, null, null, 501, 0, 0))).containsExactly(2L);
  }

  @Test
  void span_comesBackAsItWasWritten() {
    put(CHECKOUT, "checkout");
    Map<String, Object> attributes =
        Map.of(
            "text",
            "a",
            "long",
            Long.MIN_VALUE,
            "double",
            Double.NaN,
            "zero",
            -0.0,
            "yes",
            true,
            "no",
            false);
    SpanRow row =
        withPayloads(
            span(CHECKOUT, 5, -1, false, 3, attributes),
            new PayloadReference("input", "text/plain", 3, false, 0, new byte[] {0, 1, -1}),
            new PayloadReference("output", null, 9, true, 44, null),
            new PayloadReference("empty", null, 0, false, 0, new byte[0]));
    write(CHECKOUT, row);

    StoredSpan found = reader().span(-1).orElseThrow();
    assertThat(Rendering.of(found.row())).isEqualTo(Rendering.of(row));
  }

  @Test
  void span_ofAnIdUsedTwice_isTheNewest() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, span(CHECKOUT, 9, 1, false));
    write(PAYMENT, span(PAYMENT, 4, 1, false));

    assertThat(reader().span(1).orElseThrow().service()).isEqualTo("checkout");
  }

  @Test
  void inProgress_showsWhatRuns_untilItEnds() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, begun(1, 10), begun(2, 11));

    assertThat(reader().inProgress(ALL_SPANS))
        .extracting(span -> span.row().spanId())
        .containsExactly(11L, 10L);
    SpanRow running = reader().span(10).orElseThrow().row();
    assertThat(running.status()).isEqualTo("in_progress");
    assertThat(running.durationNanos()).isEqualTo(-1);
    assertThat(reader().trace(Rows.TRACE)).hasSize(2);
    assertThat(reader().hasMoreSpans(Rows.TRACE, 1)).isTrue();
    assertThat(reader().hasMoreSpans(Rows.TRACE, 2)).isFalse();

    write(CHECKOUT, span(CHECKOUT, 3, 10, true));
    assertThat(reader().inProgress(ALL_SPANS))
        .extracting(span -> span.row().spanId())
        .containsExactly(11L);
    assertThat(reader().trace(Rows.TRACE))
        .extracting(span -> span.row().spanId())
        .containsExactly(11L, 10L);
  }

  @Test
  void tracesTogether_leaveExecutionsOfSqlOut_andEndWhenEnoughIsRead() {
    TraceId other = new TraceId(5, 5);
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        begun(1, 10),
        Rows.statement(CHECKOUT, 2, "select 1", 5, "ok"),
        span(CHECKOUT, 3),
        Rows.inTrace(other, span(CHECKOUT, 4)));

    Map<TraceId, List<StoredSpan>> traces = reader().traces(List.of(Rows.TRACE, other), 3);
    assertThat(traces).containsOnlyKeys(Rows.TRACE, other);
    assertThat(traces.get(Rows.TRACE))
        .extracting(span -> span.row().spanId())
        .containsExactly(10L, 3L);
    assertThat(reader().traces(List.of(Rows.TRACE, other), 2)).containsOnlyKeys(Rows.TRACE);
  }

  @Test
  void manyTracesTogether_areThoseThatAreReadOneByOne() {
    put(CHECKOUT, "checkout");
    List<TraceId> ids = new ArrayList<>();
    List<SpanRow> rows = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      TraceId id = new TraceId(i % 7, i + 1);
      ids.add(id);
      for (int span = 0; span <= i % 3; span++) {
        PayloadReference said =
            new PayloadReference("said", "text/plain", 1, false, 0, new byte[] {(byte) i});
        SpanRow row = Rows.inTrace(id, span(CHECKOUT, rows.size() + 1));
        rows.add(span == 1 ? withPayloads(row, said) : row);
      }
    }
    write(CHECKOUT, rows.toArray(SpanRow[]::new));
    ids.add(230, new TraceId(1, 0));

    Map<TraceId, List<StoredSpan>> traces = reader().traces(ids, Integer.MAX_VALUE);
    assertThat(List.copyOf(traces.keySet())).isEqualTo(ids);
    traces.forEach(
        (id, trace) ->
            assertThat(trace)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(reader().trace(id)));
    assertThat(List.copyOf(reader().traces(ids, 500).keySet())).isEqualTo(ids.subList(0, 252));
  }

  @Test
  void spans_countTheirExceptions() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, exception(CHECKOUT, 1, 9, 5), exception(CHECKOUT, 2, 9, 5), span(CHECKOUT, 9));
    write(PAYMENT, exception(PAYMENT, 1, 9, 5));

    assertThat(reader().span(9).orElseThrow().exceptions()).isEqualTo(2);
  }

  @Test
  void request_hasTheExceptionsOfItsWholeTrace_otherSpansTheirOwn() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        span(CHECKOUT, 1),
        Rows.statement(CHECKOUT, 2, "select 1", 5, "error"),
        exception(CHECKOUT, 3, 2, 5),
        exception(CHECKOUT, 4, 7, 5));

    assertThat(reader().span(1).orElseThrow().exceptions()).isEqualTo(2);
    assertThat(reader().span(2).orElseThrow().exceptions()).isEqualTo(1);
  }

  @Test
  void visitedSpans_comeOneByOne_oldestFirst_withoutPayloads() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    PayloadReference body = new PayloadReference("b", null, 1, false, 0, new byte[] {1});
    write(CHECKOUT, span(CHECKOUT, 2), withPayloads(span(CHECKOUT, 3), body), begun(4, 4));
    write(PAYMENT, span(PAYMENT, 1), statement(PAYMENT, 5, "select 1", 5, "error"));

    assertThat(visited(ALL_SPANS))
        .extracting(StoredSpan::row)
        .containsExactly(
            span(PAYMENT, 1),
            span(CHECKOUT, 2),
            span(CHECKOUT, 3),
            statement(PAYMENT, 5, "select 1", 5, "error"));
    assertThat(visited(limit(1))).extracting(StoredSpan::row).containsExactly(span(PAYMENT, 1));
    assertThat(visited(new SpanFilter(time(2), 0, null, null, "sql", "error", 5, 0, 0)))
        .extracting(StoredSpan::service)
        .containsExactly("payment");
    assertThat(visited(new SpanFilter(0, 0, "other", null, null, null, 0, 0, 0))).isEmpty();
  }

  @Test
  void spansById_areThoseOfAllInstances_endedOrNot() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, span(CHECKOUT, 2), span(CHECKOUT, 3), begun(4, 4));
    write(PAYMENT, span(PAYMENT, 1, 2, false));

    assertThat(reader().spansById(Set.of(2L, 4L, 9L)))
        .extracting(span -> span.service() + " " + span.row().spanId())
        .containsExactly("payment 2", "checkout 2", "checkout 4");
    assertThat(reader().spansById(Set.of())).isEmpty();
    Set<Long> many = LongStream.range(3, 2_000).boxed().collect(Collectors.toSet());
    assertThat(reader().spansById(many)).hasSize(2);
  }

  private List<StoredSpan> visited(SpanFilter filter) {
    List<StoredSpan> visited = new ArrayList<>();
    reader().visit(filter, visited::add);
    return visited;
  }

  private List<Long> ids(SpanFilter filter) {
    return reader().spans(filter).stream().map(span -> span.row().spanId()).toList();
  }

  private static SpanFilter limit(int limit) {
    return new SpanFilter(0, 0, null, null, null, null, 0, 0, limit);
  }
}
