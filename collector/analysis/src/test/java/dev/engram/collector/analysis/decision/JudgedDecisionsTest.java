package dev.engram.collector.analysis.decision;

import static dev.engram.collector.analysis.decision.OutcomeLabel.FAILURE;
import static dev.engram.collector.analysis.decision.OutcomeLabel.PARTIAL;
import static dev.engram.collector.analysis.decision.OutcomeLabel.SUCCESS;
import static dev.engram.collector.analysis.decision.OutcomeLabel.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Batch;
import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.DecisionFilter;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JudgedDecisionsTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final DecisionFilter ALL = new DecisionFilter(0, 0, null, null, 0, 0);
  private static final TraceId TRACE = new TraceId(7, 8);
  private static final long DECISION = 0x11;
  private static final String INPUT = "engram.decision.input.hash";

  /** When it is made, inside its request and its node. */
  private static final long MADE = 1_000;

  private final InMemoryStore store = new InMemoryStore();
  private long position;

  @BeforeEach
  void putInstance() {
    store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void requestThatWasAnswered_isASuccess_oneThatFailedAFailure() {
    decide(2);
    assertOutcome(UNKNOWN, "");
    write(span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 200L)));
    write(span(2, 1, "INTERNAL", "method", "unset", Map.of()));
    assertOutcome(SUCCESS, "request");
  }

  @Test
  void answersOfServerAndCaller_areToldApart() {
    decide(1);
    write(span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 503L)));
    assertOutcome(FAILURE, "request");
  }

  /** What lasts around the decision knows nothing of how its request ended. */
  @Test
  void requestThatWentWithItsAge_leavesAloneWhatWasTold() {
    decide(2);
    write(span(1, 0, "SERVER", "http", "error", Map.of("http.response.status_code", 503L)));
    write(span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    assertOutcome(FAILURE, "request");

    store.writer().removeOlder(new Cutoff(1_000_000, Long.MIN_VALUE, Long.MIN_VALUE));
    assertOutcome(UNKNOWN, "");
    write(exception(2, MADE + 1, "escaped"));
    assertOutcome(UNKNOWN, "");

    write(told(2_000, DECISION, "success", null));
    assertOutcome(SUCCESS, "told");
  }

  @Test
  void callersMistake_tellsNothing() {
    decide(1);
    write(span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 404L)));
    assertOutcome(UNKNOWN, "");
  }

  @Test
  void failedSpanOfTheDecision_isAFailure_aFailedCallBelowIsNone() {
    decide(2);
    write(span(1, 0, "SERVER", "http", "unset", Map.of()));
    write(span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    write(span(3, 2, "CLIENT", "http", "error", Map.of()));
    assertOutcome(SUCCESS, "request");

    decideAgain(0x12, 4);
    write(span(4, 1, "INTERNAL", "node", "error", Map.of()));
    assertThat(outcome(0x12)).isEqualTo(DecisionOutcome.derived(FAILURE, "span"));
  }

  @Test
  void exceptionThatEscapedBefore_isNotOfTheDecision() {
    decide(2);
    write(span(1, 0, "SERVER", "http", "unset", Map.of()));
    write(span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    write(exception(2, MADE - 1, "escaped"), exception(2, MADE + 1, "logged"));
    assertOutcome(SUCCESS, "request");

    write(exception(2, MADE + 2, "escaped"));
    assertOutcome(FAILURE, "exception");
  }

  @Test
  void transactionThatEndedLast_decides() {
    decide(1);
    write(span(1, 0, "SERVER", "http", "unset", Map.of()));
    write(end(2, MADE - 5, "ROLLBACK"), end(3, MADE + 5, "COMMIT"));
    assertOutcome(SUCCESS, "transaction");

    write(end(4, MADE + 9, "ROLLBACK"));
    assertOutcome(FAILURE, "transaction");
  }

  @Test
  void lastLegOfTheRun_decides() {
    Map<String, Object> run = Map.of("engram.workflow.run.id", "r1");
    decide(2);
    write(span(1, 0, "INTERNAL", "workflow", "unset", run));
    write(span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    assertOutcome(SUCCESS, "workflow");

    write(at(5_000, span(5, 0, "INTERNAL", "workflow", "error", run)));
    assertOutcome(FAILURE, "workflow");
  }

  @Test
  void whatHasNotEnded_orWasInterrupted_isUnknown() {
    decide(1);
    write(new BegunRow(next(), TRACE, 1, 0, "SERVER", "http", "GET /", 1, Map.of()));
    assertOutcome(UNKNOWN, "");

    store.writer().closeInstance(INSTANCE, 9_000);
    assertOutcome(UNKNOWN, "");
  }

  @Test
  void taskThatItsUserAsksForAgain_succeededInPart() {
    ask(1, MADE, "in1", Map.of("user.id", "ada"));
    ask(2, MADE + Retries.SOON_NANOS, "in1", Map.of("user.id", "ada"));

    assertThat(outcome(1)).isEqualTo(DecisionOutcome.derived(PARTIAL, "retry"));
    assertThat(outcome(2)).isEqualTo(DecisionOutcome.derived(SUCCESS, "request"));
    assertThat(JudgedDecisions.find(store.reader(), ALL))
        .extracting(it -> it.outcome().source())
        .containsExactly("request", "retry");
  }

  @Test
  void taskThatItsSessionAsksForAgain_succeededInPart() {
    ask(1, MADE, "in1", Map.of("session.id", "s1"));
    ask(2, MADE + 1, "in1", Map.of("session.id", "s1"));

    assertThat(outcome(1).source()).isEqualTo("retry");
  }

  @Test
  void laterTraceThatIsTooLarge_isNotRead() {
    ask(1, MADE, "in1", Map.of("user.id", "ada"));
    ask(2, MADE + 1, "in1", Map.of("user.id", "ada"));
    TraceId later = new TraceId(9, 2);
    for (int i = 2; i <= JudgedDecisions.LARGEST_TRACE; i++) {
      write(span(later, 0x1000 + i));
    }
    assertThat(outcome(1).source()).isEqualTo("retry");

    write(span(later, 0x1000));
    assertThat(outcome(1).source()).isEqualTo("request");
  }

  @Test
  void tracesOfManyDecisions_areReadTogether() {
    int many = 300;
    for (int i = 1; i <= many; i++) {
      ask(i, MADE + i, "in1", Map.of("user.id", "ada"));
    }
    List<String> asked = new ArrayList<>();
    InvocationHandler counting =
        (proxy, method, arguments) -> {
          asked.add(method.getName());
          return method.invoke(store.reader(), arguments);
        };
    StoreReader reader =
        (StoreReader)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StoreReader.class}, counting);

    assertThat(JudgedDecisions.find(reader, ALL))
        .hasSize(many)
        .filteredOn(it -> it.outcome().source().equals("retry"))
        .hasSize(many - 1);
    assertThat(asked).hasSizeLessThan(10).doesNotContain("trace", "hasMoreSpans");
  }

  @Test
  void traces_areReadUntilTheyAreLarge() {
    int spans = JudgedDecisions.LARGEST_TRACE;
    for (int i = 1; i <= 3; i++) {
      ask(i, MADE + i, "", Map.of());
      TraceId trace = new TraceId(9, i);
      for (int span = 2; span <= spans; span++) {
        write(span(trace, i * 0x10000L + span));
      }
    }
    List<TraceId> ids = List.of(new TraceId(9, 3), new TraceId(9, 2), new TraceId(9, 1));

    assertThat(store.reader().traces(ids, spans + 1)).containsOnlyKeys(ids.get(0), ids.get(1));
    assertThat(JudgedDecisions.find(store.reader(), ALL))
        .extracting(it -> it.decision().row().decisionId())
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  void whatIsAskedByOthers_later_orOnOtherInput_isNoRetry() {
    ask(1, MADE, "in1", Map.of("user.id", "ada"));
    ask(2, MADE + 1, "in1", Map.of("user.id", "bob"));
    ask(3, MADE + 2, "in2", Map.of("user.id", "ada"));
    ask(4, MADE + 3, "in1", Map.of("session.id", "ada"));
    ask(5, MADE + Retries.SOON_NANOS + 1, "in1", Map.of("user.id", "ada"));

    assertThat(outcome(1)).isEqualTo(DecisionOutcome.derived(SUCCESS, "request"));
  }

  @Test
  void usersNobodyKnows_areNotTheSame_norArePagesReadAgain() {
    ask(1, MADE, "in1", Map.of());
    ask(2, MADE + 1, "in1", Map.of());
    ask(3, MADE, "in2", Map.of("user.id", "[redacted]"));
    ask(4, MADE + 1, "in2", Map.of("user.id", "[redacted]"));
    ask(5, MADE, "in3", Map.of("user.id", "ada", "http.request.method", "GET"));
    ask(6, MADE + 1, "in3", Map.of("user.id", "ada", "http.request.method", "GET"));
    ask(7, MADE, "", Map.of("user.id", "ada"));
    ask(8, MADE + 1, "", Map.of("user.id", "ada"));

    assertThat(List.of(1L, 3L, 5L, 7L))
        .allSatisfy(
            id -> assertThat(outcome(id)).isEqualTo(DecisionOutcome.derived(SUCCESS, "request")));
  }

  @Test
  void secondTryWithinARequest_isNoRetryOfItsUser_andAFailureStaysOne() {
    Map<String, Object> user = Map.of("user.id", "ada");
    ask(1, MADE, "in1", user);
    write(decision(0x99, MADE + 1, new TraceId(9, 1), 1, Map.of(INPUT, "in1")));
    assertThat(outcome(1).source()).isEqualTo("request");

    ask(2, MADE, "in2", Map.of("user.id", "ada", "http.response.status_code", 503L));
    ask(3, MADE + 1, "in2", user);
    assertThat(outcome(2)).isEqualTo(DecisionOutcome.derived(FAILURE, "request"));
  }

  @Test
  void whatWasTold_winsOverWhatIsDerived_unknownToo() {
    decide(1);
    write(span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 503L)));
    write(told(2_000, DECISION, "success", null));
    assertOutcome(SUCCESS, "told");

    write(told(3_000, DECISION, "unknown", null));
    assertOutcome(UNKNOWN, "told");
  }

  @Test
  void laterOutcomeOfAnAuthor_supersedesHisEarlierOne_andNothingIsOverwritten() {
    decide(1);
    write(told(3_000, DECISION, "partial", "ada"));
    write(told(2_000, DECISION, "failure", "ada"), told(2_500, DECISION, "success", "bob"));

    JudgedDecision judged = judged(DECISION);
    assertThat(judged.outcome().label()).isEqualTo(PARTIAL);
    assertThat(judged.told()).extracting(OutcomeRow::label).containsExactly("success", "partial");
    assertThat(store.reader().outcomes(0)).hasSize(3);
  }

  @Test
  void outcomeOfAKey_findsTheDecisionsOfItsRequest_madeBefore() {
    decide(1);
    write(span(1, 0, "SERVER", "http", "unset", Map.of("engram.correlation.order_id", "4711")));
    write(toldKey(MADE - 1, "order_id", "4711", "failure"));
    assertThat(judged(DECISION).told()).isEmpty();

    write(toldKey(2_000, "order_id", "4712", "failure"), toldKey(2_000, "user", "4711", "failure"));
    assertThat(judged(DECISION).told()).isEmpty();

    write(toldKey(3_000, "order_id", "4711", "failure"));
    assertOutcome(FAILURE, "told");
    assertThat(judged(DECISION).correlations()).containsEntry("order_id", "4711");
  }

  @Test
  void attributeNamedAsTheKey_isOne_whatIsRedactedIsNone() {
    decide(1);
    write(
        span(
            1,
            0,
            "SERVER",
            "http",
            "unset",
            Map.of("order_id", 4711L, "engram.correlation.card", "[redacted]")));
    write(toldKey(2_000, "card", "[redacted]", "failure"));
    assertThat(judged(DECISION).told()).isEmpty();

    write(toldKey(2_000, "order_id", "4711", "partial"));
    assertOutcome(PARTIAL, "told");
  }

  @Test
  void feedback_isOfTheDecisionItsTraceItsConversationOrItsKey() {
    decide(1);
    write(
        span(
            1,
            0,
            "SERVER",
            "http",
            "unset",
            Map.of("gen_ai.conversation.id", "c1", "engram.correlation.order_id", "4711")));
    write(
        feedback(2_000, "decision", "0000000000000011", 1, "ada"),
        feedback(2_001, "trace", TRACE.hex(), 0, "bob"),
        feedback(2_002, "conversation", "c1", 0.5, null),
        feedback(2_003, "key", "order_id=4711", 0.5, null),
        feedback(2_004, "trace", new TraceId(9, 9).hex(), 0, "bob"),
        feedback(3_000, "decision", "0000000000000011", 0, "ada"));

    assertThat(judged(DECISION).feedback())
        .extracting(FeedbackRow::score)
        .containsExactly(0.0, 0.5, 0.5, 0.0);
    assertThat(judged(DECISION).meanScore()).isEqualTo(0.25);
  }

  @Test
  void summary_countsUnknownAsNeither() {
    for (int i = 0; i < 30; i++) {
      write(decision(0x100 + i, 0, i < 28 ? 0.9 : Double.NaN, Map.of("gen_ai.request.model", "m")));
    }
    for (int i = 0; i < 24; i++) {
      write(told(2_000, 0x100 + i, i < 6 ? "success" : i < 22 ? "failure" : "partial", null));
    }

    DecisionSummary summary =
        DecisionSummaries.of(JudgedDecisions.find(store.reader(), ALL)).get(0);

    assertThat(summary.model()).isEqualTo("m");
    assertThat(summary.count()).isEqualTo(30);
    assertThat(summary.told()).isEqualTo(24);
    assertThat(summary.unknown()).isEqualTo(6);
    assertThat(summary.partial()).isEqualTo(2);
    assertThat(summary.coverage()).isEqualTo(0.8);
    assertThat(summary.success().count()).isEqualTo(6);
    assertThat(summary.success().of()).isEqualTo(22);
    assertThat(summary.calibration().verdict()).isEqualTo(Calibration.Verdict.OVERCONFIDENT);
  }

  private void assertOutcome(OutcomeLabel label, String source) {
    assertThat(outcome(DECISION).label()).isEqualTo(label);
    assertThat(outcome(DECISION).source()).isEqualTo(source);
  }

  private DecisionOutcome outcome(long id) {
    return judged(id).outcome();
  }

  private JudgedDecision judged(long id) {
    DecisionFilter one = new DecisionFilter(0, 0, null, null, id, 0);
    return JudgedDecisions.find(store.reader(), one).get(0);
  }

  /** A request of its own trace in which this is decided; its ids are this number. */
  private void ask(long id, long made, String input, Map<String, Object> request) {
    TraceId trace = new TraceId(9, id);
    write(
        decision(id, made, trace, id, Map.of(INPUT, input)),
        new SpanRow(
            INSTANCE,
            next(),
            trace,
            id,
            0,
            "SERVER",
            "http",
            "POST /ask",
            made - 1,
            5_000,
            "unset",
            null,
            request,
            List.of(),
            false));
  }

  private SpanRow span(TraceId trace, long id) {
    return new SpanRow(
        INSTANCE,
        next(),
        trace,
        id,
        0,
        "INTERNAL",
        "method",
        "step",
        MADE,
        1,
        "unset",
        null,
        Map.of(),
        List.of(),
        false);
  }

  private DecisionRow decision(
      long id, long made, TraceId trace, long spanId, Map<String, Object> attributes) {
    return new DecisionRow(
        next(),
        made,
        id,
        trace,
        spanId,
        "route",
        List.of(),
        "a",
        0.9,
        "stated",
        List.of(),
        attributes);
  }

  private void decide(long spanId) {
    write(decision(DECISION, spanId, 0.9, Map.of()));
  }

  private void decideAgain(long id, long spanId) {
    write(decision(id, spanId, 0.9, Map.of()));
  }

  private DecisionRow decision(
      long id, long spanId, double confidence, Map<String, Object> attributes) {
    return new DecisionRow(
        next(),
        MADE,
        id,
        TRACE,
        spanId,
        "route",
        List.of(),
        "a",
        confidence,
        "stated",
        List.of(),
        attributes);
  }

  private SpanRow span(
      long id,
      long parent,
      String kind,
      String category,
      String status,
      Map<String, Object> attributes) {
    return new SpanRow(
        INSTANCE,
        next(),
        TRACE,
        id,
        parent,
        kind,
        category,
        "span " + id,
        100 + id,
        5_000,
        status,
        null,
        attributes,
        List.of(),
        false);
  }

  private static SpanRow at(long start, SpanRow row) {
    return new SpanRow(
        row.instance(),
        row.position(),
        row.traceId(),
        row.spanId(),
        row.parentSpanId(),
        row.kind(),
        row.category(),
        row.name(),
        start,
        row.durationNanos(),
        row.status(),
        null,
        row.attributes(),
        List.of(),
        false);
  }

  private SpanRow end(long id, long start, String operation) {
    Map<String, Object> attributes = Map.of("db.operation.name", operation);
    return at(start, span(id, 1, "CLIENT", "sql", "unset", attributes));
  }

  private ExceptionRow exception(long spanId, long time, String origin) {
    ThrownStack thrown = new ThrownStack("T", null, 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        INSTANCE, next(), time, TRACE, spanId, origin, "main", null, "T", null, 5, thrown);
  }

  private OutcomeRow told(long time, long id, String label, @Nullable String author) {
    String hex = String.format("%016x", id);
    return new OutcomeRow(next(), time, "decision", "", hex, label, Double.NaN, author, null);
  }

  private OutcomeRow toldKey(long time, String key, String value, String label) {
    return new OutcomeRow(next(), time, "key", key, value, label, Double.NaN, null, null);
  }

  private FeedbackRow feedback(
      long time, String target, String id, double score, @Nullable String author) {
    return new FeedbackRow(next(), time, target, id, null, score, author, null);
  }

  private long next() {
    return ++position;
  }

  private void write(Row... rows) {
    Checkpoint end = new Checkpoint(position, position, 0);
    store.writer().write(new Batch(INSTANCE, List.of(rows), end, rows.length, 0, 0, Map.of()));
  }
}
