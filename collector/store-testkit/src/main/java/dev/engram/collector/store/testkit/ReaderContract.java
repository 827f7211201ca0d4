package dev.engram.collector.store.testkit;

import static dev.engram.collector.store.testkit.Rows.begun;
import static dev.engram.collector.store.testkit.Rows.decision;
import static dev.engram.collector.store.testkit.Rows.exception;
import static dev.engram.collector.store.testkit.Rows.outcome;
import static dev.engram.collector.store.testkit.Rows.part;
import static dev.engram.collector.store.testkit.Rows.span;
import static dev.engram.collector.store.testkit.Rows.statement;
import static dev.engram.collector.store.testkit.Rows.thrown;
import static dev.engram.collector.store.testkit.Rows.time;
import static dev.engram.collector.store.testkit.Rows.withPayloads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.ExceptionFilter;
import dev.engram.collector.store.ExceptionGroup;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Health;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.LifecycleRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredDecision;
import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredFeedback;
import dev.engram.collector.store.StoredOutcome;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What readers answer: order, filters, limits, joins. */
public abstract class ReaderContract extends StoreContract {
  @Test
  void everyQuestion_toAnEmptyStore_findsNothing() {
    assertThat(store.check()).isEqualTo(new Health.Ok());
    assertThat(reader().instances()).isEmpty();
    assertThat(reader().spans(ALL_SPANS)).isEmpty();
    assertThat(reader().span(1)).isEmpty();
    assertThat(reader().inProgress(ALL_SPANS)).isEmpty();
    assertThat(reader().spanIds("0")).isEmpty();
    assertThat(reader().traceIds("0")).isEmpty();
    assertThat(reader().trace(Rows.TRACE)).isEmpty();
    assertThat(reader().exceptions(ALL_EXCEPTIONS)).isEmpty();
    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS)).isEmpty();
    assertThat(reader().fingerprints("0")).isEmpty();
    assertThat(reader().statements(ALL_STATEMENTS)).isEmpty();
    assertThat(reader().repeatedStatements(ALL_STATEMENTS, 1)).isEmpty();
    assertThat(reader().payload(CHECKOUT, 1)).isEmpty();
    assertThat(reader().frames(CHECKOUT, 1)).isEmpty();
    assertThat(reader().metrics(ALL_METRICS)).isEmpty();
    assertThat(reader().throwCounts(ALL_THROW_COUNTS)).isEmpty();
    assertThat(reader().decisions(ALL_DECISIONS)).isEmpty();
    assertThat(reader().outcomes(0)).isEmpty();
    assertThat(reader().feedback(0)).isEmpty();
    assertThat(reader().lifecycle(CHECKOUT)).isEmpty();
    assertThat(reader().accounting()).isEmpty();
  }

  @Test
  void instances_comeLatestStartFirst() {
    Instance early = new Instance(CHECKOUT, "checkout", "1", 10, 0, Map.of("pid", 7L));
    Instance late = new Instance(PAYMENT, "payment", "2", 20, 30, Map.of());
    writer().putInstance(early);
    writer().putInstance(late);

    assertThat(reader().instances()).containsExactly(late, early);
  }

  @Test
  void decisions_areFilteredByEachTerm_latestFirst() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "payment");
    write(CHECKOUT, decision(1, 0x11, "route", 5), decision(2, 0x12, "route", 5));
    write(PAYMENT, decision(3, 0x23, "approve", 6));

    assertThat(reader().decisions(ALL_DECISIONS))
        .extracting(it -> it.row().decisionId())
        .containsExactly(0x23L, 0x12L, 0x11L);
    assertThat(reader().decisions(new DecisionFilter(0, 0, null, null, 0x12, 0)))
        .containsExactly(
            new StoredDecision(CHECKOUT, decision(2, 0x12, "route", 5), "checkout", 2));
    assertThat(reader().decisions(new DecisionFilter(time(2), time(3), null, null, 0, 0)))
        .extracting(it -> it.row().decisionId())
        .containsExactly(0x12L);
    assertThat(reader().decisions(new DecisionFilter(0, 0, null, "route", 0, 1)))
        .extracting(it -> it.row().decisionId())
        .containsExactly(0x12L);
    assertThat(reader().decisions(new DecisionFilter(0, 0, "payment", null, 0, 0))).hasSize(1);
    assertThat(reader().decisionIds("000000000000001")).containsExactly(0x11L, 0x12L);
  }

  @Test
  void whatWasTold_comesEarliestFirst_fromATimeOn() {
    put(CHECKOUT, "checkout");
    FeedbackRow feedback =
        new FeedbackRow(3, time(3), "trace", "t", "helpful", 0.5, "ada", "quick");
    OutcomeRow full =
        new OutcomeRow(4, time(4), "key", "order_id", "7", "partial", 2.5, "ada", "half");
    write(CHECKOUT, outcome(1, 0x11, "failure"), outcome(2, 0x11, "success"), feedback, full);

    assertThat(reader().outcomes(0))
        .extracting(StoredOutcome::row)
        .containsExactly(outcome(1, 0x11, "failure"), outcome(2, 0x11, "success"), full);
    assertThat(reader().outcomes(time(2))).hasSize(2);
    assertThat(reader().feedback(0)).containsExactly(new StoredFeedback(feedback, "checkout", 3));
    assertThat(reader().feedback(time(4))).isEmpty();
  }

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

    write(CHECKOUT, span(CHECKOUT, 3, 10, true));
    assertThat(reader().inProgress(ALL_SPANS))
        .extracting(span -> span.row().spanId())
        .containsExactly(11L);
    assertThat(reader().trace(Rows.TRACE))
        .extracting(span -> span.row().spanId())
        .containsExactly(11L, 10L);
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
  void exceptions_comeLatestFirst_byFingerprintAndTrace() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        exception(CHECKOUT, 1, 0, 5),
        exception(CHECKOUT, 2, 0, 6),
        exception(CHECKOUT, 3, 0, 5));

    assertThat(reader().exceptions(ALL_EXCEPTIONS))
        .extracting(found -> found.row().position())
        .containsExactly(3L, 2L, 1L);
    assertThat(reader().exceptions(new ExceptionFilter(0, 0, null, 5, null, 1)))
        .extracting(found -> found.row().position())
        .containsExactly(3L);
    assertThat(reader().exceptions(new ExceptionFilter(0, 0, null, 0, Rows.TRACE, 0))).hasSize(3);
    assertThat(reader().exceptions(new ExceptionFilter(0, 0, null, 0, new TraceId(1, 1), 0)))
        .isEmpty();
  }

  @Test
  void exceptions_whoseFramesWereSentBefore_areResolved() {
    put(CHECKOUT, "checkout");
    ThrownStack cause = thrown("Cause", 71, "a.B.c(B.java:1)", "a.B.d(B.java:2)");
    ThrownStack first =
        new ThrownStack("Outer", null, 70, List.of("x.Y.z(Y.java:3)"), 2, cause, List.of());
    ThrownStack again =
        new ThrownStack("Outer", null, 70, List.of(), 2, thrown("Cause", 71), List.of());
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 5, first));
    write(CHECKOUT, exception(CHECKOUT, 2, 0, 5, again));

    StoredException found = reader().exceptions(ALL_EXCEPTIONS).get(0);
    assertThat(found.row().position()).isEqualTo(2);
    assertThat(found.row().stack()).isEqualTo(first);
    assertThat(reader().frames(CHECKOUT, 71)).contains(cause.frames());
    assertThat(reader().frames(PAYMENT, 71)).isEmpty();
  }

  @Test
  void exceptionGroups_sumUpByFingerprint() {
    put(CHECKOUT, "checkout");
    put(PAYMENT, "billing");
    write(CHECKOUT, exception(CHECKOUT, 1, 0, 5), exception(CHECKOUT, 2, 0, 6));
    write(PAYMENT, exception(PAYMENT, 4, 0, 5, thrown("Late", 0)));

    assertThat(reader().exceptionGroups(ALL_EXCEPTIONS))
        .containsExactly(
            new ExceptionGroup(
                5, "Late", "at Late", 2, time(1), time(4), List.of("billing", "checkout")),
            new ExceptionGroup(
                6,
                "java.io.IOException",
                "at java.io.IOException",
                1,
                time(2),
                time(2),
                List.of("checkout")));
    assertThat(reader().exceptionGroups(new ExceptionFilter(time(3), 0, null, 0, null, 0)))
        .extracting(ExceptionGroup::count)
        .containsExactly(1L);
  }

  @Test
  void prefixes_findIds() {
    put(CHECKOUT, "checkout");
    write(
        CHECKOUT,
        exception(CHECKOUT, 1, 0, 0x1f0c_9a77_b3d2_0001L),
        exception(CHECKOUT, 2, 0, 0xff0c_9a77_b3d2_0001L),
        span(CHECKOUT, 3, 0xabcd_0000_0000_0001L, false),
        begun(4, 0xabcd_0000_0000_0002L));

    assertThat(reader().fingerprints("1f")).containsExactly(0x1f0c_9a77_b3d2_0001L);
    assertThat(reader().fingerprints("ff0c9a77b3d2")).containsExactly(0xff0c_9a77_b3d2_0001L);
    assertThat(reader().spanIds("abcd"))
        .containsExactly(0xabcd_0000_0000_0001L, 0xabcd_0000_0000_0002L);
    assertThat(reader().spanIds("abcd000000000002")).containsExactly(0xabcd_0000_0000_0002L);
    assertThat(reader().traceIds("0123456789abcdef8e")).containsExactly(Rows.TRACE);
    assertThat(reader().traceIds("8e")).isEmpty();
    assertThat(reader().spanIds("xyz' OR 1=1")).isEmpty();
  }

  @Test
  void payload_isThereWhenAllPartsAre() {
    put(CHECKOUT, "checkout");
    write(CHECKOUT, part(1, 9, 2, 3, (byte) 5, (byte) 6), part(2, 9, 0, 3, (byte) 1));
    assertThat(reader().payload(CHECKOUT, 9)).isEmpty();

    write(CHECKOUT, part(3, 9, 1, 3), part(4, 9, 1, 3, (byte) 99));
    assertThat(reader().payload(CHECKOUT, 9)).hasValue(new byte[] {1, 5, 6});
    assertThat(reader().payload(PAYMENT, 9)).isEmpty();
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

  @Test
  void lifecycle_comesByPosition() {
    put(CHECKOUT, "checkout");
    LifecycleRow start = new LifecycleRow(1, 50, "start", Map.of("pid", 7L));
    LifecycleRow stop = new LifecycleRow(2, 40, "stop", Map.of());
    write(CHECKOUT, start, stop);

    assertThat(reader().lifecycle(CHECKOUT)).containsExactly(start, stop);
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
