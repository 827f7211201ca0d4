package dev.engram.collector.analysis.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.analysis.decision.JudgedDecisions;
import dev.engram.collector.analysis.decision.OutcomeLabel;
import dev.engram.collector.analysis.remedy.RemedyTransitions;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.PayloadReference;
import dev.engram.collector.store.Row;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.TraceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PastAnswersTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));
  private static final TraceId TRACE = new TraceId(7, 8);
  private static final Map<String, Object> NODE =
      Map.of("gen_ai.workflow.name", "triage", "engram.workflow.input.hash", "00000000000000aa");

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
  void emptyStore_hasNone() {
    assertThat(latest()).isEmpty();
  }

  @Test
  void decision_isThereWithItsHash_andTheInputOfTheNearestSpanThatHasOne() {
    write(
        span(1, 0, "http", Map.of(), payload("http.request.body", "{\"order\":7}")),
        span(2, 1, "ai", Map.of(), payload("gen_ai.input.messages", "x".repeat(5_000) + "late?")),
        span(3, 2, "method", Map.of()));
    write(decision(0x11, 3, "fast", "00000000000000aa"), decision(0x12, 1, "slow", ""));
    write(told(0x11, "failure"), feedback(0x11));

    List<PastAnswer> past = latest();
    assertThat(past).extracting(PastAnswer::answer).containsExactly("slow", "fast");
    PastAnswer fast = past.get(1);
    assertThat(fast.workflow()).isEmpty();
    assertThat(fast.inputHash()).isEqualTo("00000000000000aa");
    assertThat(fast.input()).hasSize(PastAnswer.LONGEST).endsWith("xlate?");
    assertThat(fast.judged().outcome().label()).isEqualTo(OutcomeLabel.FAILURE);
    assertThat(fast.judged().feedback()).hasSize(1);
    assertThat(past.get(0).input()).isEqualTo("{\"order\":7}");
  }

  @Test
  void node_isJudgedForWhatItGave() {
    write(
        span(1, 0, "workflow", Map.of()),
        span(2, 1, "node", NODE, payload("input", "{\"a\":1}"), payload("output", "{\"b\":2}")));
    write(feedbackOnTrace());

    assertThat(latest())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.workflow()).isEqualTo("triage");
              assertThat(it.decision().row().name()).isEqualTo("span 2");
              assertThat(it.decision().row().decisionId()).isEqualTo(2);
              assertThat(it.inputHash()).isEqualTo("00000000000000aa");
              assertThat(it.input()).isEqualTo("{\"a\":1}");
              assertThat(it.answer()).isEqualTo("{\"b\":2}");
              assertThat(it.judged().outcome().label()).isEqualTo(OutcomeLabel.SUCCESS);
              assertThat(it.judged().feedback()).hasSize(1);
            });
  }

  /** A node of no workflow would be taken for a decision. */
  @Test
  void nodeWithoutAWorkflow_isLeftOut() {
    write(span(2, 0, "node", Map.of()));

    assertThat(latest()).isEmpty();
  }

  @Test
  void sameAnswerToTheSameInput_isThereOnce_unlessItTurnedOutOtherwise() {
    write(
        decision(0x11, 0, "fast", "00000000000000aa"),
        decision(0x12, 0, "fast", "00000000000000aa"),
        decision(0x13, 0, "fast", "00000000000000bb"),
        decision(0x14, 0, "slow", "00000000000000aa"),
        decision(0x15, 0, "fast", ""),
        decision(0x16, 0, "fast", ""));
    write(told(0x11, "success"));

    assertThat(latest())
        .extracting(it -> it.decision().row().decisionId())
        .containsExactly(0x16L, 0x15L, 0x14L, 0x13L, 0x12L, 0x11L);

    write(told(0x12, "success"));
    assertThat(latest())
        .extracting(it -> it.decision().row().decisionId())
        .containsExactly(0x16L, 0x15L, 0x14L, 0x13L, 0x12L);
  }

  @Test
  void numberOfOneName_isBounded() {
    for (int i = 0; i < 2 * PastAnswers.MOST_OF_ONE; i++) {
      write(decision(0x100 + i, 0, "answer " + i, ""));
      write(span(0x1000 + i, 0, "node", NODE, payload("output", "answer " + i)));
    }

    List<PastAnswer> past = latest();
    // Each node of its own name: all are there.
    assertThat(past).hasSize(3 * PastAnswers.MOST_OF_ONE);
    assertThat(past)
        .filteredOn(it -> it.workflow().isEmpty())
        .hasSize(PastAnswers.MOST_OF_ONE)
        .first()
        .extracting(PastAnswer::answer)
        .isEqualTo("answer " + (2 * PastAnswers.MOST_OF_ONE - 1));
  }

  @Test
  void whatIsOlder_isLeftOut() {
    write(decision(0x11, 0, "fast", ""), span(0x21, 0, "node", NODE));

    assertThat(PastAnswers.latest(store.reader(), 0x12))
        .extracting(PastAnswer::workflow)
        .containsExactly("triage");
    assertThat(PastAnswers.latest(store.reader(), 0x2000)).isEmpty();
  }

  @Test
  void traceThatIsTooLarge_isNotRead() {
    write(decision(0x11, 1, "fast", ""));
    for (int i = 1; i <= JudgedDecisions.LARGEST_TRACE; i++) {
      write(span(i, 0, "method", Map.of()));
    }
    assertThat(latest()).hasSize(1);

    write(span(JudgedDecisions.LARGEST_TRACE + 1, 0, "method", Map.of()));
    assertThat(latest()).isEmpty();
  }

  @Test
  void decisionsOnRemedies_areNotRecalled_norTakeThePlaceOfOthers() {
    write(decision(0x11, 1, "fast", ""));
    for (int i = 0; i < PastAnswers.LOOKED_AT; i++) {
      write(decision(0x100 + i, 1, RemedyTransitions.NAME, "active", ""));
    }

    assertThat(latest()).extracting(PastAnswer::answer).containsExactly("fast");
  }

  @Test
  void nodesThatStartedAtTheSameTime_areAllSeen() {
    for (int i = 1; i <= 70; i++) {
      Map<String, Object> workflow = Map.of("gen_ai.workflow.name", "w");
      write(spanAt(i < 30 ? 900 - i : 500, i, 0, "node " + i, "node", workflow));
    }

    assertThat(latest()).hasSize(70);
  }

  private List<PastAnswer> latest() {
    return PastAnswers.latest(store.reader(), 0);
  }

  private long next() {
    return ++position;
  }

  private DecisionRow decision(long id, long spanId, String chosen, String hash) {
    return decision(id, spanId, "route", chosen, hash);
  }

  private DecisionRow decision(long id, long spanId, String name, String chosen, String hash) {
    Map<String, Object> attributes =
        hash.isEmpty() ? Map.of() : Map.of("engram.decision.input.hash", hash);
    return new DecisionRow(
        next(),
        id,
        id,
        TRACE,
        spanId,
        name,
        List.of(),
        chosen,
        0.9,
        "stated",
        List.of(),
        attributes);
  }

  private SpanRow span(
      long id,
      long parent,
      String category,
      Map<String, Object> attributes,
      PayloadReference... payloads) {
    return spanAt(100 + id, id, parent, "span " + id, category, attributes, payloads);
  }

  private SpanRow spanAt(
      long start,
      long id,
      long parent,
      String name,
      String category,
      Map<String, Object> attributes,
      PayloadReference... payloads) {
    return new SpanRow(
        INSTANCE,
        next(),
        TRACE,
        id,
        parent,
        "INTERNAL",
        category,
        name,
        start,
        5_000,
        "unset",
        null,
        attributes,
        List.of(payloads),
        false);
  }

  private static PayloadReference payload(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new PayloadReference(name, "application/json", bytes.length, false, 0, bytes);
  }

  private OutcomeRow told(long decision, String label) {
    String id = String.format("%016x", decision);
    return new OutcomeRow(next(), 2_000, "decision", "", id, label, Double.NaN, null, null);
  }

  private FeedbackRow feedback(long decision) {
    String id = String.format("%016x", decision);
    return new FeedbackRow(next(), 2_000, "decision", id, "helpful", 1, "ada", null);
  }

  private FeedbackRow feedbackOnTrace() {
    return new FeedbackRow(next(), 2_000, "trace", TRACE.hex(), "helpful", 1, "ada", null);
  }

  private void write(Row... rows) {
    store
        .writer()
        .write(
            new Batch(
                INSTANCE,
                List.of(rows),
                new Checkpoint(position, position, 0),
                rows.length,
                0,
                0,
                Map.of()));
  }
}
