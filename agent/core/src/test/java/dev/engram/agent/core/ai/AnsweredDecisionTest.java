package dev.engram.agent.core.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.engram.agent.core.capture.Capture;
import dev.engram.agent.core.capture.CaptureFixture;
import dev.engram.agent.core.capture.MemorySink;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.record.DecisionRecord;
import dev.engram.agent.record.SpanRecord;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnsweredDecisionTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    OpenStreams.endAll();
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void structuredAnswer_isADecisionOfItsModel() {
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").system("Route tickets.").begin();
    call.leave();
    call.output(
        new Messages()
            .role("assistant")
            .text("{\"choice\": \"billing\", \"confidence\": 0.7, \"rationale\": \"invoice\"}"));
    call.end();

    DecisionRecord decision = sink.only(DecisionRecord.class);
    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(decision.name()).isEqualTo("gpt-x");
    assertThat(decision.chosen()).isEqualTo("billing");
    assertThat(decision.confidence()).isEqualTo(0.7);
    assertThat(decision.reasoning()).containsExactly("invoice");
    assertThat(decision.spanId()).isEqualTo(span.spanId());
    assertThat(decision.attributes())
        .contains(
            entry("engram.decision.origin", "answer"),
            entry("gen_ai.request.model", "gpt-x"),
            entry("engram.ai.prompt.hash", span.attributes().get("engram.ai.prompt.hash")));
  }

  @Test
  void answerInANode_isADecisionOfTheNode() {
    WorkflowNode node = WorkflowNode.open(null, "support", "r1", "triage", 1).enter();
    answer("gpt-x");
    node.end();

    DecisionRecord decision = sink.only(DecisionRecord.class);
    assertThat(decision.name()).isEqualTo("triage");
    assertThat(decision.attributes())
        .contains(
            entry("gen_ai.workflow.name", "support"),
            entry("engram.workflow.node.name", "triage"),
            entry("gen_ai.request.model", "gpt-x"));
  }

  @Test
  void answerOfAnAgent_isADecisionOfTheAgent() {
    AgentCall agent = AgentCall.open("judge", null, null);
    agent.enter();
    answer("gpt-x");
    agent.leave();
    agent.end();

    assertThat(sink.only(DecisionRecord.class).name()).isEqualTo("judge");
  }

  /** A framework's agent and tools lie between a node and its calls. */
  @Test
  void callInATool_ofAnAgent_inANode_knowsThemAll() {
    WorkflowNode node = WorkflowNode.open(null, "support", "r1", "triage", 1).enter();
    AgentCall agent = AgentCall.open("judge", null, null);
    agent.enter();
    ToolCall tool = ToolCall.open("ask", "t1", null);
    tool.enter();
    answer("gpt-x");
    tool.leave();
    tool.end();
    agent.leave();
    agent.end();
    node.end();

    assertThat(sink.all(SpanRecord.class).get(0).attributes())
        .contains(
            entry("gen_ai.agent.name", "judge"),
            entry("gen_ai.workflow.name", "support"),
            entry("engram.workflow.node.name", "triage"));
    assertThat(sink.only(DecisionRecord.class).name()).isEqualTo("triage");
  }

  private static void answer(String model) {
    ModelCall call = ModelCall.open("chat", "openai", model).begin();
    call.leave();
    call.output(new Messages().role("assistant").text("{\"choice\": \"a\", \"confidence\": 0.7}"));
    call.end();
  }

  @Test
  void streamedAnswer_isOneToo() {
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").begin();
    call.leave();
    call.chunk("{\"decision\": \"yes\", ").chunk("\"score\": 0.25}");
    call.end();

    assertThat(sink.only(DecisionRecord.class).confidenceSource()).isEqualTo("score");
  }

  @Test
  void toolThatIsCalled_isAChoiceBetweenThoseOffered() {
    ModelCall call =
        ModelCall.open("chat", "openai", "gpt-x")
            .tools(
                new ToolDefinitions()
                    .add("weather", null, (String) null)
                    .add("now", "the time", "{}"))
            .begin();
    call.leave();
    call.output(new Messages().role("assistant").toolCall("1", "now", "{}"));
    call.end();

    DecisionRecord decision = sink.only(DecisionRecord.class);
    assertThat(decision.name()).isEqualTo("choose tool");
    assertThat(decision.options()).isEqualTo(List.of("weather", "now"));
    assertThat(decision.chosen()).isEqualTo("now");
    assertThat(decision.attributes()).containsEntry("engram.decision.origin", "routing");
  }

  @Test
  void proseWithQuotes_isNone() {
    ModelCall call = ModelCall.open("chat", "openai", "gpt-x").begin();
    call.leave();
    call.output(new Messages().role("assistant").text("He said \"yes\" to {\"decision\""));
    call.end();

    assertThat(sink.all(DecisionRecord.class)).isEmpty();
  }
}
