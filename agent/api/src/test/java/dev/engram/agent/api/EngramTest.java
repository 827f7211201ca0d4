package dev.engram.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class EngramTest {
  @Test
  void feedback_doesNothingWithoutTheAgent() {
    Engram.feedback(Feedback.onCurrentTrace());
  }

  @Test
  void missingFeedback_isAnErrorWithAndWithoutTheAgent() {
    assertThatNullPointerException().isThrownBy(() -> Engram.feedback(null));
  }

  @Test
  void feedback_keepsWhatItIsGiven() {
    Feedback feedback =
        Feedback.on("key", "order-4711")
            .withLabel("refunded")
            .withScore(0.25)
            .withAuthor("alice")
            .withComment("wrong size");

    assertThat(feedback)
        .extracting(
            Feedback::target,
            Feedback::targetId,
            Feedback::label,
            Feedback::score,
            Feedback::author,
            Feedback::comment)
        .containsExactly("key", "order-4711", "refunded", 0.25, "alice", "wrong size");
  }

  @Test
  void outcomeAndCorrelation_doNothingWithoutTheAgent() {
    Engram.correlate("order_id", "4711");
    Engram.outcome(Outcome.of("order_id", "4711", Outcome.Label.SUCCESS));
    assertThatNullPointerException().isThrownBy(() -> Engram.outcome(null));
    assertThatNullPointerException().isThrownBy(() -> Engram.correlate("order_id", null));
  }

  @Test
  void outcome_keepsWhatItIsGiven() {
    Outcome outcome =
        Outcome.of("order_id", "4711", Outcome.Label.PARTIAL)
            .withValue(12.5)
            .withAuthor("billing")
            .withComment("half was sent back");

    assertThat(outcome)
        .extracting(
            Outcome::key,
            Outcome::id,
            Outcome::label,
            Outcome::value,
            Outcome::author,
            Outcome::comment)
        .containsExactly(
            "order_id", "4711", Outcome.Label.PARTIAL, 12.5, "billing", "half was sent back");
    assertThat(Outcome.ofDecision("00f067aa0ba902b7", Outcome.Label.UNKNOWN))
        .extracting(Outcome::key, Outcome::id, Outcome::value)
        .containsExactly("", "00f067aa0ba902b7", Double.NaN);
  }

  @Test
  void feedbackOnTheCurrent_namesNoId() {
    assertThat(Feedback.onCurrentTrace().target()).isEqualTo("trace");
    assertThat(Feedback.onCurrentSpan().target()).isEqualTo("span");
    assertThat(Feedback.onCurrentSpan().targetId()).isNull();
    assertThat(Feedback.onCurrentSpan().score()).isNaN();
  }

  @Test
  void recall_isEmptyWithoutTheAgent() {
    assertThat(Engram.recall(Recall.ofDecision("route order").withInput("order-1", 7))).isEmpty();
    assertThatNullPointerException().isThrownBy(() -> Engram.recall(null));
  }

  @Test
  void recall_keepsWhatItIsGiven() {
    Recall recall =
        Recall.ofNode("triage", "classify")
            .withInput("a", null)
            .withOutcome(Outcome.Label.SUCCESS)
            .withLimit(1);

    assertThat(recall)
        .extracting(Recall::workflow, Recall::name, Recall::outcome, Recall::limit)
        .containsExactly("triage", "classify", Outcome.Label.SUCCESS, 1);
    assertThat(recall.input()).containsExactly("a", null);
    assertThat(Recall.ofDecision("route order").workflow()).isNull();
    assertThat(Recall.ofDecision("route order").limit()).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(() -> recall.withLimit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> recall.withLimit(Recall.MOST + 1));
  }
}
