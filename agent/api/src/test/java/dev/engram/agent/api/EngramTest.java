package dev.engram.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
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
  void feedbackOnTheCurrent_namesNoId() {
    assertThat(Feedback.onCurrentTrace().target()).isEqualTo("trace");
    assertThat(Feedback.onCurrentSpan().target()).isEqualTo("span");
    assertThat(Feedback.onCurrentSpan().targetId()).isNull();
    assertThat(Feedback.onCurrentSpan().score()).isNaN();
  }
}
