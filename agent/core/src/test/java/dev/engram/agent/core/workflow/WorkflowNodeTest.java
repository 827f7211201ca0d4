package dev.engram.agent.core.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.record.SpanRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkflowNodeTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void hashes_tellInputsApart_butNotByWhatIsRedacted() {
    node(Map.of("order", 1, "password", "1234"));
    node(Map.of("order", 1, "password", "9876"));
    node(Map.of("order", 2, "password", "1234"));

    assertHashes("engram.workflow.input.hash");
    assertHashes("engram.workflow.output.hash");
  }

  private void assertHashes(String name) {
    List<Object> hashes =
        sink.all(SpanRecord.class).stream().map(span -> span.attributes().get(name)).toList();
    assertThat(hashes).hasSize(3).doesNotContainNull();
    assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
    assertThat(hashes.get(2)).isNotEqualTo(hashes.get(0));
  }

  /** Wherever the cut comes, no secret is left that lost what shows that it is one. */
  @Test
  void valueThatIsCut_isRedactedBefore_andSaysThatItIsCut() {
    for (int before = 65_510; before < 65_540; before++) {
      node("to be ".repeat(before / 6) + "x".repeat(before % 6) + " password=hunter22 and more");
    }

    assertThat(sink.all(SpanRecord.class))
        .hasSize(30)
        .flatMap(SpanRecord::payloads)
        .allSatisfy(
            payload -> {
              assertThat(payload.truncated()).isTrue();
              assertThat(payload.size()).isGreaterThan(65_510);
              assertThat(new String(payload.bytes(), UTF_8)).doesNotContain("hunt");
            });
  }

  private static void node(Object value) {
    WorkflowNode.open(null, "orders", "run", "check", 1).input(value).output(value).enter().end();
  }
}
