package dev.engram.agent.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.record.SpanRecord;
import java.util.List;
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
    node("{\"order\":1,\"password\":\"1234\"}");
    node("{\"order\":1,\"password\":\"9876\"}");
    node("{\"order\":2,\"password\":\"1234\"}");

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

  private static void node(String json) {
    WorkflowNode.open(null, "orders", "run", "check", 1).input(json).output(json).enter().end();
  }
}
