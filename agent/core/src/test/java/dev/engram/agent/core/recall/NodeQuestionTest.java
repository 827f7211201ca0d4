package dev.engram.agent.core.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.record.SpanRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node was given is found again by the hash that its span has. */
class NodeQuestionTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
    Recollections.start(Configuration.of("recall.state-key=memory"));
  }

  @AfterEach
  void stop() {
    Recollections.start(Configuration.of(""));
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void sameState_isFoundInWhateverOrder() {
    learnWhatWasGiven(state("text", "lang"));

    assertThat(similarity(state("text", "lang"))).isEqualTo(1);
    assertThat(similarity(state("lang", "text"))).isEqualTo(1);
    assertThat(Recollections.answer(question(Map.of("text", "of text")))).isEmpty();
  }

  @Test
  void whatIsRecalled_isNoInput() {
    learnWhatWasGiven(state("text", "lang"));

    assertThat(similarity(state("memory", "text", "lang"))).isEqualTo(1);
  }

  /** By its hash alone. */
  private void learnWhatWasGiven(Map<String, Object> state) {
    WorkflowNode.open(null, "triage", "run", "classify", 1).input(state).enter().end();
    Object hash = sink.only(SpanRecord.class).attributes().get("engram.workflow.input.hash");
    Recollections.learn(List.of(Past.node("triage", "order", (String) hash, "")));
  }

  private static double similarity(Map<String, Object> state) {
    List<Match> matches = Recollections.answer(question(state));
    return matches.isEmpty() ? 0 : matches.get(0).similarity();
  }

  private static Question question(Map<String, Object> state) {
    return Question.ofNode("triage", "classify", List.of(state), null, 5);
  }

  private static Map<String, Object> state(String... keys) {
    Map<String, Object> state = new LinkedHashMap<>();
    for (String key : keys) {
      state.put(key, "of " + key);
    }
    return state;
  }
}
