package dev.engram.agent.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.RecordSink;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.capture.Worth;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.DecisionRecord;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.OutcomeRecord;
import dev.engram.agent.record.RecordDecoder;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionsTest implements RecordSink {
  private final List<DecodedRecord> records = new ArrayList<>();
  private int failures;

  @BeforeEach
  void start() {
    Configuration configuration = Configuration.of("correlation.keys=order_id");
    Capture.start(configuration, this);
    Decisions.start(configuration);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    Decisions.start(Configuration.of(""));
    assertThat(failures).isZero();
  }

  @Test
  void answerWithChoiceAndConfidence_isADecisionOfItsNode() {
    Decisions.ofAnswer(
        """
        ```json
        {"decision": "refund", "Confidence": 0.85, "options": ["refund", "reject"],
         "reasoning": ["it was late", "the customer \\"waited\\" \\u00e9"], "note": null}
        ```
        """,
        Surrounding.ofNode("support", "triage"));

    DecisionRecord decision = onlyDecision();
    assertThat(decision.name()).isEqualTo("triage");
    assertThat(decision.chosen()).isEqualTo("refund");
    assertThat(decision.options()).containsExactly("refund", "reject");
    assertThat(decision.confidence()).isEqualTo(0.85);
    assertThat(decision.confidenceSource()).isEqualTo("stated");
    assertThat(decision.reasoning())
        .containsExactly("it was late", "the customer \"waited\" \u00e9");
    assertThat(decision.attributes())
        .containsOnly(
            entry("engram.decision.origin", "answer"),
            entry("gen_ai.workflow.name", "support"),
            entry("engram.workflow.node.name", "triage"));
    assertThat(decision.decisionId()).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "refund it",
        "{",
        "{\"decision\": \"refund\"}",
        "{\"confidence\": 0.5, \"reasoning\": \"why\"}",
        "{\"decision\": {\"a\": 1}, \"confidence\": 0.5}",
        "{\"decision\": \"refund\", \"confidence\": 0.5} and more",
        "{\"decision\": \"refund\", \"confidence\": 0.5",
        "{\"decision\": \"refund\" \"confidence\": 0.5}",
        "[{\"decision\": \"refund\", \"confidence\": 0.5}]"
      })
  void otherAnswer_isNone(String answer) {
    Decisions.ofAnswer(answer, Surrounding.NONE);

    assertThat(records).isEmpty();
  }

  @Test
  void hostileNesting_isNoDecision() {
    Decisions.ofAnswer("{\"decision\":" + "[".repeat(30_000), Surrounding.NONE);

    assertThat(records).isEmpty();
  }

  @Test
  void scoreAlone_isTheSourceOfTheConfidence_andMustLieBetweenNoneAndAll() {
    Decisions.ofAnswer("{\"choice\": \"a\", \"score\": 0.25}", Surrounding.NONE);
    Decisions.ofAnswer("{\"choice\": \"b\", \"score\": 87}", Surrounding.NONE);

    assertThat(decisions())
        .extracting(DecisionRecord::confidenceSource)
        .containsExactly("score", "");
    assertThat(decisions())
        .extracting(DecisionRecord::confidence)
        .containsExactly(0.25, Double.NaN);
  }

  @Test
  void namesAreConfigurable() {
    Decisions.start(Configuration.of("decisions.choice=nextAction,decisions.confidence=certainty"));

    Decisions.ofAnswer("{\"nextAction\": true, \"Certainty\": 1}", Surrounding.NONE);

    assertThat(onlyDecision().chosen()).isEqualTo("true");
    assertThat(onlyDecision().confidence()).isEqualTo(1);
  }

  @Test
  void decision_takesFromItsSpanWhatItIsNotTold() {
    OpenSpan span = open();
    span.put(AttributeKey.GEN_AI_REQUEST_MODEL, "gpt-4o")
        .put(AttributeKey.of("order_id"), "4711")
        .enter();
    Decisions.routing("after triage", List.of("a", "b"), "b", "b is shorter", Surrounding.NONE);
    span.leave();
    span.end();

    DecisionRecord decision = onlyDecision();
    assertThat(decision.name()).isEqualTo("after triage");
    assertThat(decision.reasoning()).containsExactly("b is shorter");
    assertThat(decision.confidence()).isNaN();
    assertThat(decision.spanId()).isNotZero();
    assertThat(decision.attributes())
        .containsOnly(
            entry("engram.decision.origin", "routing"),
            entry("gen_ai.request.model", "gpt-4o"),
            entry("engram.correlation.order_id", "4711"));
  }

  @Test
  void secretsInReasoning_areHidden() {
    Decisions.routing("r", List.of(), "a", "password=hunter2 was given", Surrounding.NONE);

    assertThat(onlyDecision().reasoning().get(0)).doesNotContain("hunter2");
  }

  /** A hash that differs by the secret would let somebody find it by trying. */
  @Test
  void inputs_haveLikeHashesWhereTheyAreAlike_orDifferInSecretsAlone() {
    decideOn("order 1", "password=hunter2");
    decideOn("order 1", "password=other");
    decideOn("order 2", "password=other");

    List<Object> hashes =
        decisions().stream().map(it -> it.attributes().get("engram.decision.input.hash")).toList();
    assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).asString().matches("[0-9a-f]{16}");
    assertThat(hashes.get(2)).isNotEqualTo(hashes.get(0));
  }

  private static void decideOn(String... inputs) {
    Surrounding around = Surrounding.NONE.withInputs(List.of(inputs));
    Decisions.routing("r", List.of(), "a", null, around);
  }

  /** Asks the memory itself, as application code may. */
  static final class Curious {
    public String getChoice() {
      return "opened " + Tracing.open(SpanKind.CLIENT, Category.SQL, "SELECT");
    }
  }

  @Test
  void whatGettersDo_isNotRemembered() {
    Choice choice = new ReturnedParts("choice", "", "", "", "").of(new Curious());

    assertThat(choice).isNotNull();
    assertThat(choice.chosen()).isEqualTo("opened null");
  }

  @Test
  void whatDoesNotFit_leavesRoomForTheRest() {
    List<String> long64 = Collections.nCopies(64, "x".repeat(4000));
    Decisions.record(
        "r", new Choice(long64, "x", 1, "rule", long64), Decisions.ROUTING, Surrounding.NONE);

    assertThat(onlyDecision().attributes()).containsKey("engram.decision.origin");
    assertThat(onlyDecision().options()).hasSizeBetween(2, 63);
    assertThat(onlyDecision().reasoning()).isNotEmpty();
  }

  @Test
  void outcome_namesItsDecisionOrItsKey() {
    Tracing.outcome("order_id", "4711", "success", 12.5, "ada", "paid");
    Tracing.outcome("", "00f067aa0ba902b7", "failure", Double.NaN, null, null);

    assertThat(records)
        .extracting(OutcomeRecord.class::cast)
        .extracting(
            OutcomeRecord::target,
            OutcomeRecord::key,
            OutcomeRecord::targetId,
            OutcomeRecord::label,
            OutcomeRecord::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("key", "order_id", "4711", "success", 12.5),
            org.assertj.core.groups.Tuple.tuple(
                "decision", "", "00f067aa0ba902b7", "failure", Double.NaN));
  }

  @Test
  void nothingIsRemembered_whenCaptureIsOff() {
    Configuration off = Configuration.of("capture=off");
    Capture.apply(off);

    Decisions.routing("r", List.of(), "a", null, Surrounding.NONE);
    Tracing.outcome("order_id", "4711", "success", Double.NaN, null, null);

    assertThat(records).isEmpty();
  }

  private static OpenSpan open() {
    return Objects.requireNonNull(Tracing.open(SpanKind.INTERNAL, Category.NODE, "triage"));
  }

  private List<DecisionRecord> decisions() {
    return records.stream()
        .filter(DecisionRecord.class::isInstance)
        .map(DecisionRecord.class::cast)
        .toList();
  }

  private DecisionRecord onlyDecision() {
    assertThat(decisions()).hasSize(1);
    return decisions().get(0);
  }

  @Override
  public boolean offer(RecordKind kind, Worth worth, DirectBuffer buffer, int offset, int length) {
    assertThat(length).isLessThanOrEqualTo(maxRecordLength());
    records.add(RecordDecoder.decode(buffer, offset, length));
    return true;
  }

  @Override
  public int maxRecordLength() {
    return 64 << 10;
  }

  @Override
  public void failed() {
    failures++;
  }

  @Override
  public long roll() {
    return 1;
  }
}
