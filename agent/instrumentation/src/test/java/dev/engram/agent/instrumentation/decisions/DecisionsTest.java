package dev.engram.agent.instrumentation.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.acme.shop.TicketRouter;
import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.DecisionRecord;
import dev.engram.agent.record.OutcomeRecord;
import dev.engram.agent.record.SpanRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DecisionsTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final TicketRouter router = new TicketRouter();

  @BeforeEach
  void start() {
    Decisions.start(Configuration.of("correlation.keys=order_id"));
  }

  @AfterEach
  void stop() {
    Decisions.start(Configuration.of(""));
  }

  @Test
  void annotatedMethod_leavesWhatItDecided() {
    TicketRouter.Routed routed = router.route("4711", "my invoice");

    assertThat(routed.queue()).isEqualTo("billing");
    DecisionRecord decision = onlyDecision();
    assertThat(decision.name()).isEqualTo("route ticket");
    assertThat(decision.chosen()).isEqualTo("billing");
    assertThat(decision.confidence()).isEqualTo(0.75);
    assertThat(decision.confidenceSource()).isEqualTo("stated");
    assertThat(decision.reasoning()).containsExactly("it names an invoice");
    assertThat(decision.attributes())
        .containsEntry("engram.decision.origin", "annotation")
        .containsEntry("gen_ai.request.model", "rules-1")
        .hasEntrySatisfying(
            "engram.decision.input.hash",
            hash -> assertThat((String) hash).matches("[0-9a-f]{16}"));
  }

  @Test
  void returnedValueItself_isTheChoiceWhereNothingElseIsSaid() {
    router.approve("order");

    assertThat(onlyDecision().name()).isEqualTo("TicketRouter.approve");
    assertThat(onlyDecision().chosen()).isEqualTo("true");
    assertThat(onlyDecision().confidenceSource()).isEmpty();
  }

  @Test
  void sourceOfAConfidence_isWhatTheAnnotationSays() {
    router.weigh("win a prize");
    router.refuse("win a prize");

    assertThat(run.all(DecisionRecord.class))
        .extracting(it -> it.chosen() + " " + it.confidence() + " " + it.confidenceSource())
        .containsExactly("spam 0.25 log_probability", "no 1.0 rule");
  }

  @Test
  void methodThatThrows_decidesNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> router.route("4711", ""));

    assertThat(run.all(DecisionRecord.class)).isEmpty();
  }

  @Test
  void stage_decidesWhenItCompletes() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    router.later(answer);
    assertThat(run.all(DecisionRecord.class)).isEmpty();

    answer.complete("yes");

    assertThat(onlyDecision().chosen()).isEqualTo("yes");
  }

  @Test
  void stageThatFails_decidesNothing() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    router.later(answer);

    answer.completeExceptionally(new IllegalStateException("no answer"));

    assertThat(run.all(DecisionRecord.class)).isEmpty();
  }

  @Test
  void correlation_isKeptWithTheSpan() {
    router.serve("4711");

    SpanRecord span = run.onlySpan();
    assertThat(span.attributes()).containsEntry("engram.correlation.order_id", "4711");
    assertThat(onlyDecision().spanId()).isEqualTo(span.spanId());
  }

  @Test
  void outcome_isRemembered() {
    router.paid("4711");

    assertThat(run.all(OutcomeRecord.class))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.key()).isEqualTo("order_id");
              assertThat(it.targetId()).isEqualTo("4711");
              assertThat(it.label()).isEqualTo("success");
              assertThat(it.value()).isEqualTo(30);
              assertThat(it.author()).isEqualTo("billing");
            });
  }

  /** Its text would be the application's doing for nobody. */
  @Test
  void captureOff_theApplicationIsNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    Object choice =
        new Object() {
          @Override
          public String toString() {
            return "asked " + asked.incrementAndGet();
          }
        };
    Capture.apply(Configuration.of("capture=off"));
    router.choose(choice);
    assertThat(asked).hasValue(0);

    Capture.apply(Configuration.of(""));
    router.choose(choice);
    assertThat(asked).hasValue(1);
    assertThat(onlyDecision().chosen()).isEqualTo("asked 1");
  }

  @Test
  void answerOfAnAiMethod_isADecisionOfItsModel() {
    router.ask("refund");

    assertThat(onlyDecision().name()).isEqualTo("gpt-4o");
    assertThat(onlyDecision().chosen()).isEqualTo("refund");
    assertThat(onlyDecision().spanId()).isEqualTo(run.onlySpan().spanId());
    assertThat(onlyDecision().attributes()).containsEntry("engram.decision.origin", "answer");
  }

  @Test
  void switchedOff_nothingIsRemembered() {
    run.without(
        "decisions",
        () -> {
          router.route("4711", "my invoice");
          router.paid("4711");
        });

    assertThat(run.all(DecisionRecord.class)).isEmpty();
    assertThat(run.all(OutcomeRecord.class)).isEmpty();
  }

  private DecisionRecord onlyDecision() {
    List<DecisionRecord> all = run.all(DecisionRecord.class).toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
