package dev.engram.agent.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text that a model may answer: a choice or none, and no exception. */
class AnswerNamesFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void read_givesAChoiceOrNone(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    assertSound(AnswerNames.DEFAULT.read(text));
    assertSound(
        AnswerNames.DEFAULT.read("{\"decision\":\"a\",\"reasoning\":\"b\",\"x\":" + text + "}"));
  }

  private static void assertSound(Choice choice) {
    if (choice != null) {
      double confidence = choice.confidence();
      assertThat(Double.isNaN(confidence) || (confidence >= 0 && confidence <= 1)).isTrue();
      assertThat(choice.options()).hasSizeLessThanOrEqualTo(Choice.MOST);
      assertThat(choice.reasoning()).hasSizeLessThanOrEqualTo(Choice.MOST);
    }
  }
}
