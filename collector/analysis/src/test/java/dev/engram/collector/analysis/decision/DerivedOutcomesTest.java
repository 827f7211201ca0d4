package dev.engram.collector.analysis.decision;

import static dev.engram.collector.analysis.decision.DecisionLog.DECISION;
import static dev.engram.collector.analysis.decision.DecisionLog.INSTANCE;
import static dev.engram.collector.analysis.decision.DecisionLog.MADE;
import static dev.engram.collector.analysis.decision.DecisionLog.TRACE;
import static dev.engram.collector.analysis.decision.OutcomeLabel.FAILURE;
import static dev.engram.collector.analysis.decision.OutcomeLabel.SUCCESS;
import static dev.engram.collector.analysis.decision.OutcomeLabel.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.BegunRow;
import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.ExceptionRow;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.ThrownStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is concluded of a decision from how the things around it ended. */
class DerivedOutcomesTest {
  @RegisterExtension final DecisionLog log = new DecisionLog();

  @Test
  void requestThatWasAnswered_isASuccess_oneThatFailedAFailure() {
    log.decide(2);
    log.assertOutcome(UNKNOWN, "");
    log.write(log.span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 200L)));
    log.write(log.span(2, 1, "INTERNAL", "method", "unset", Map.of()));
    log.assertOutcome(SUCCESS, "request");
  }

  @Test
  void answersOfServerAndCaller_areToldApart() {
    log.decide(1);
    log.write(log.span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 503L)));
    log.assertOutcome(FAILURE, "request");
  }

  /** What lasts around the decision knows nothing of how its request ended. */
  @Test
  void requestThatWentWithItsAge_leavesAloneWhatWasTold() {
    log.decide(2);
    log.write(log.span(1, 0, "SERVER", "http", "error", Map.of("http.response.status_code", 503L)));
    log.write(log.span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    log.assertOutcome(FAILURE, "request");

    log.store.writer().removeOlder(new Cutoff(1_000_000, Long.MIN_VALUE, Long.MIN_VALUE));
    log.assertOutcome(UNKNOWN, "");
    log.write(exception(2, MADE + 1, "escaped"));
    log.assertOutcome(UNKNOWN, "");

    log.write(log.told(2_000, DECISION, "success", null));
    log.assertOutcome(SUCCESS, "told");
  }

  @Test
  void callersMistake_tellsNothing() {
    log.decide(1);
    log.write(log.span(1, 0, "SERVER", "http", "unset", Map.of("http.response.status_code", 404L)));
    log.assertOutcome(UNKNOWN, "");
  }

  @Test
  void failedSpanOfTheDecision_isAFailure_aFailedCallBelowIsNone() {
    log.decide(2);
    log.write(log.span(1, 0, "SERVER", "http", "unset", Map.of()));
    log.write(log.span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    log.write(log.span(3, 2, "CLIENT", "http", "error", Map.of()));
    log.assertOutcome(SUCCESS, "request");

    decideAgain(0x12, 4);
    log.write(log.span(4, 1, "INTERNAL", "node", "error", Map.of()));
    assertThat(log.outcome(0x12)).isEqualTo(DecisionOutcome.derived(FAILURE, "span"));
  }

  @Test
  void exceptionThatEscapedBefore_isNotOfTheDecision() {
    log.decide(2);
    log.write(log.span(1, 0, "SERVER", "http", "unset", Map.of()));
    log.write(log.span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    log.write(exception(2, MADE - 1, "escaped"), exception(2, MADE + 1, "logged"));
    log.assertOutcome(SUCCESS, "request");

    log.write(exception(2, MADE + 2, "escaped"));
    log.assertOutcome(FAILURE, "exception");
  }

  @Test
  void transactionThatEndedLast_decides() {
    log.decide(1);
    log.write(log.span(1, 0, "SERVER", "http", "unset", Map.of()));
    log.write(end(2, MADE - 5, "ROLLBACK"), end(3, MADE + 5, "COMMIT"));
    log.assertOutcome(SUCCESS, "transaction");

    log.write(end(4, MADE + 9, "ROLLBACK"));
    log.assertOutcome(FAILURE, "transaction");
  }

  @Test
  void lastLegOfTheRun_decides() {
    Map<String, Object> run = Map.of("engram.workflow.run.id", "r1");
    log.decide(2);
    log.write(log.span(1, 0, "INTERNAL", "workflow", "unset", run));
    log.write(log.span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    log.assertOutcome(SUCCESS, "workflow");

    log.write(at(5_000, log.span(5, 0, "INTERNAL", "workflow", "error", run)));
    log.assertOutcome(FAILURE, "workflow");
  }

  @Test
  void laterRunOfAnotherWorkflow_saysNothingOfTheDecision_thoughItsIdIsTheSame() {
    log.decide(2);
    log.write(log.span(1, 0, "INTERNAL", "workflow", "unset", run("triage")));
    log.write(log.span(2, 1, "INTERNAL", "node", "unset", Map.of()));
    log.write(at(5_000, log.span(5, 0, "INTERNAL", "workflow", "error", run("answer"))));
    log.assertOutcome(SUCCESS, "workflow");
  }

  private static Map<String, Object> run(String workflow) {
    return Map.of("engram.workflow.run.id", "customer-7", "gen_ai.workflow.name", workflow);
  }

  @Test
  void whatHasNotEnded_orWasInterrupted_isUnknown() {
    log.decide(1);
    log.write(new BegunRow(log.next(), TRACE, 1, 0, "SERVER", "http", "GET /", 1, Map.of()));
    log.assertOutcome(UNKNOWN, "");

    log.store.writer().closeInstance(INSTANCE, 9_000);
    log.assertOutcome(UNKNOWN, "");
  }

  private void decideAgain(long id, long spanId) {
    log.write(log.decision(id, spanId, 0.9, Map.of()));
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
    return at(start, log.span(id, 1, "CLIENT", "sql", "unset", attributes));
  }

  private ExceptionRow exception(long spanId, long time, String origin) {
    ThrownStack thrown = new ThrownStack("T", null, 0, List.of(), 0, null, List.of());
    return new ExceptionRow(
        INSTANCE, log.next(), time, TRACE, spanId, origin, "main", null, "T", null, 5, thrown);
  }
}
