package dev.engram.collector.analysis.decision;

import static dev.engram.collector.analysis.decision.DecisionLog.DECISION;
import static dev.engram.collector.analysis.decision.DecisionLog.MADE;
import static dev.engram.collector.analysis.decision.DecisionLog.TRACE;
import static dev.engram.collector.analysis.decision.OutcomeLabel.FAILURE;
import static dev.engram.collector.analysis.decision.OutcomeLabel.PARTIAL;
import static dev.engram.collector.analysis.decision.OutcomeLabel.SUCCESS;
import static dev.engram.collector.analysis.decision.OutcomeLabel.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.TraceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people and programs say of a decision, and which decision they mean. */
class ToldThingsTest {
  @RegisterExtension final DecisionLog log = new DecisionLog();

  @Test
  void whatWasTold_winsOverWhatIsDerived_unknownToo() {
    log.decide(1);
    log.write(log.span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 503L)));
    log.write(log.told(2_000, DECISION, "success", null));
    log.assertOutcome(SUCCESS, "told");

    log.write(log.told(3_000, DECISION, "unknown", null));
    log.assertOutcome(UNKNOWN, "told");
  }

  @Test
  void laterOutcomeOfAnAuthor_supersedesHisEarlierOne_andNothingIsOverwritten() {
    log.decide(1);
    log.write(log.told(3_000, DECISION, "partial", "ada"));
    log.write(
        log.told(2_000, DECISION, "failure", "ada"), log.told(2_500, DECISION, "success", "bob"));

    JudgedDecision judged = log.judged(DECISION);
    assertThat(judged.outcome().label()).isEqualTo(PARTIAL);
    assertThat(judged.told()).extracting(OutcomeRow::label).containsExactly("success", "partial");
    assertThat(log.store.reader().outcomes(0)).hasSize(3);
  }

  @Test
  void outcomeOfAKey_findsTheDecisionsOfItsRequest_madeBefore() {
    log.decide(1);
    log.write(
        log.span(1, 0, "SERVER", "http", "unset", Map.of("engram.correlation.order_id", "4711")));
    log.write(toldKey(MADE - 1, "order_id", "4711", "failure"));
    assertThat(log.judged(DECISION).told()).isEmpty();

    log.write(
        toldKey(2_000, "order_id", "4712", "failure"), toldKey(2_000, "user", "4711", "failure"));
    assertThat(log.judged(DECISION).told()).isEmpty();

    log.write(toldKey(3_000, "order_id", "4711", "failure"));
    log.assertOutcome(FAILURE, "told");
    assertThat(log.judged(DECISION).correlations()).containsEntry("order_id", "4711");
  }

  @Test
  void attributeNamedAsTheKey_isOne_whatIsRedactedIsNone() {
    log.decide(1);
    log.write(
        log.span(
            1,
            0,
            "SERVER",
            "http",
            "unset",
            Map.of("order_id", 4711L, "engram.correlation.card", "[redacted]")));
    log.write(toldKey(2_000, "card", "[redacted]", "failure"));
    assertThat(log.judged(DECISION).told()).isEmpty();

    log.write(toldKey(2_000, "order_id", "4711", "partial"));
    log.assertOutcome(PARTIAL, "told");
  }

  @Test
  void feedback_isOfTheDecisionItsTraceItsConversationOrItsKey() {
    log.decide(1);
    log.write(
        log.span(
            1,
            0,
            "SERVER",
            "http",
            "unset",
            Map.of("gen_ai.conversation.id", "c1", "engram.correlation.order_id", "4711")));
    log.write(
        feedback(2_000, "decision", "0000000000000011", 1, "ada"),
        feedback(2_001, "trace", TRACE.hex(), 0, "bob"),
        feedback(2_002, "conversation", "c1", 0.5, null),
        feedback(2_003, "key", "order_id=4711", 0.5, null),
        feedback(2_004, "trace", new TraceId(9, 9).hex(), 0, "bob"),
        feedback(3_000, "decision", "0000000000000011", 0, "ada"));

    assertThat(log.judged(DECISION).feedback())
        .extracting(FeedbackRow::score)
        .containsExactly(0.0, 0.5, 0.5, 0.0);
    assertThat(log.judged(DECISION).meanScore()).isEqualTo(0.25);
  }

  private OutcomeRow toldKey(long time, String key, String value, String label) {
    return new OutcomeRow(log.next(), time, "key", key, value, label, Double.NaN, null, null);
  }

  private FeedbackRow feedback(
      long time, String target, String id, double score, @Nullable String author) {
    return new FeedbackRow(log.next(), time, target, id, null, score, author, null);
  }
}
