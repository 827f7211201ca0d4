package dev.engram.agent.instrumentation.recall;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shop.TicketRouter;
import dev.engram.agent.api.Engram;
import dev.engram.agent.api.Feedback;
import dev.engram.agent.api.Outcome;
import dev.engram.agent.api.Recall;
import dev.engram.agent.api.Recalled;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.recall.Recollections;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.DecisionRecord;
import dev.engram.agent.record.Fingerprint;
import dev.engram.agent.record.InAppFrames;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.control.Recollection;
import dev.engram.agent.record.control.Recollection.Judgement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecallTest {
  private static final Instant TIME = Instant.parse("2026-01-30T11:00:00Z");
  private static final Judgement THUMB = new Judgement("helpful", 1, "ada", null);

  @RegisterExtension final RecordedRun run = new RecordedRun();

  @AfterEach
  void forget() {
    Recollections.start(Configuration.of(""));
  }

  @Test
  void nothingKnown_isEmpty() {
    assertThat(Engram.recall(Recall.ofDecision("route ticket"))).isEmpty();
  }

  @Test
  void sameArguments_areRecalledByTheirHash_withOutcomeAndFeedback() {
    new TicketRouter().route("4711", "my invoice");
    String hash = (String) onlyDecision().attributes().get("engram.decision.input.hash");
    Recollections.learn(List.of(decision("another", "0000000000000001"), decision("same", hash)));

    List<Recalled> found =
        Engram.recall(Recall.ofDecision("route ticket").withInput("4711", "my invoice"));

    assertThat(found).hasSize(1);
    Recalled recalled = found.get(0);
    assertThat(recalled.answer()).isEqualTo("same");
    assertThat(recalled.id()).isEqualTo("00f067aa0ba902b7");
    assertThat(recalled.time()).isEqualTo(TIME);
    assertThat(recalled.outcome()).isEqualTo(Outcome.Label.PARTIAL);
    assertThat(recalled.similarity()).isEqualTo(1);
    assertThat(recalled.feedback())
        .singleElement()
        .extracting(
            Feedback::target,
            Feedback::targetId,
            Feedback::label,
            Feedback::score,
            Feedback::author,
            Feedback::comment)
        .containsExactly("decision", "00f067aa0ba902b7", "helpful", 1.0, "ada", null);
  }

  @Test
  void questionsForAnOutcome_areAnsweredByItAlone() {
    Recollections.learn(List.of(decision("billing", "")));

    Recall question = Recall.ofDecision("route ticket");
    assertThat(Engram.recall(question.withOutcome(Outcome.Label.PARTIAL))).hasSize(1);
    assertThat(Engram.recall(question.withOutcome(Outcome.Label.SUCCESS))).isEmpty();
  }

  @Test
  void error_isRecalledByItsFingerprint_withWhatHelps_bestFirst() {
    Recollections.start(Configuration.of("app-packages=com.acme"));
    IllegalStateException error = new IllegalStateException("no box left");
    ThrowableShape shape = Tracing.shapeOf(error);
    assertThat(shape).isNotNull();
    String fingerprint =
        String.format("%016x", Fingerprint.of(shape, InAppFrames.of(List.of("com.acme"))));
    Recollections.learn(
        List.of(
            solution("000000000000002a", "S-other", "success"),
            solution(fingerprint, "S-best", "success"),
            solution(fingerprint, "S-vain", "failure")));

    List<Recalled> found = Engram.recall(Recall.ofError(error));

    assertThat(found).extracting(Recalled::id).containsExactly("S-best", "S-vain");
    assertThat(found.get(0).answer()).isEqualTo("buy boxes");
    assertThat(found.get(0).outcome()).isEqualTo(Outcome.Label.SUCCESS);
    assertThat(found.get(0).similarity()).isNaN();
    assertThat(Engram.recall(Recall.ofError(error).withOutcome(Outcome.Label.FAILURE)))
        .extracting(Recalled::id)
        .containsExactly("S-vain");
    assertThat(Engram.recall(Recall.ofError(new IllegalStateException("something else"))))
        .isEmpty();
  }

  @Test
  void switchedOff_isEmpty() {
    Recollections.learn(List.of(decision("billing", "")));

    run.without(
        "recall", () -> assertThat(Engram.recall(Recall.ofDecision("route ticket"))).isEmpty());
  }

  private static Recollection solution(String fingerprint, String id, String outcome) {
    return new Recollection(
        Recollection.ERROR,
        "",
        fingerprint,
        id,
        TIME,
        "",
        "java.lang.IllegalStateException: no box left",
        "buy boxes",
        Double.NaN,
        outcome,
        List.of());
  }

  private static Recollection decision(String answer, String hash) {
    return new Recollection(
        Recollection.DECISION,
        "",
        "route ticket",
        "00f067aa0ba902b7",
        TIME,
        hash,
        "",
        answer,
        0.5,
        "partial",
        List.of(THUMB));
  }

  private DecisionRecord onlyDecision() {
    return run.all(DecisionRecord.class).findFirst().orElseThrow();
  }
}
