package dev.engram.agent.instrumentation.workflowmethods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.acme.shop.Onboarding;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads the class of the methods late: JDK 17 forgets names of parameters of one loaded before. */
class WorkflowMethodsTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void run_isASpanWithItsNodesBelow() {
    assertThat(new Onboarding().run("4711", "s3cret")).isEqualTo("welcomed by mail");

    List<SpanRecord> spans = run.spans(3);
    SpanRecord workflow = spans.get(2);
    assertThat(workflow.category()).isEqualTo(Category.WORKFLOW);
    assertThat(workflow.name()).isEqualTo("invoke_workflow onboarding");
    assertThat(workflow.attributes())
        .containsEntry("gen_ai.workflow.name", "onboarding")
        .containsEntry("engram.workflow.run.id", "4711")
        .containsEntry("engram.workflow.engine", "code");
    assertThat(payload(workflow, "input"))
        .contains("\"customer\":\"4711\"")
        .doesNotContain("s3cret");
    assertThat(payload(workflow, "output")).isEqualTo("\"welcomed by mail\"");
    assertThat(spans.subList(0, 2))
        .allSatisfy(
            node -> {
              assertThat(node.category()).isEqualTo(Category.NODE);
              assertThat(node.parentSpanId()).isEqualTo(workflow.spanId());
              assertThat(node.attributes()).containsEntry("engram.workflow.run.id", "4711");
            });
    assertThat(spans.get(0).name()).isEqualTo("check");
    assertThat(spans.get(0).attributes()).doesNotContainKey("engram.workflow.transition.from");
    assertThat(spans.get(1).name()).isEqualTo("welcome");
    assertThat(spans.get(1).attributes())
        .containsEntry("engram.workflow.transition.from", "check")
        .containsKeys("engram.workflow.input.hash", "engram.workflow.output.hash");
    assertThat(payload(spans.get(1), "input")).isEqualTo("{\"ways\":[\"mail\",\"letter\"]}");
    assertThat(run.all(BegunRecord.class)).hasSize(3);
  }

  @Test
  void callWithoutARun_isNoNode() {
    new Onboarding().check("4711");

    assertThat(run.spans()).isEmpty();
  }

  @Test
  void nodeThatFailed_isTriedAgain() {
    new Onboarding().persistent(1);

    List<SpanRecord> spans = run.spans(3);
    assertThat(spans.get(0).status()).isEqualTo(SpanStatus.ERROR);
    assertThat(spans.get(0).attributes()).containsEntry("engram.workflow.node.attempt", 1L);
    assertThat(spans.get(1).attributes()).containsEntry("engram.workflow.node.attempt", 2L);
    assertThat(spans.get(2).name()).isEqualTo("invoke_workflow Onboarding.persistent");
    assertThat(spans.get(2).status()).isNotEqualTo(SpanStatus.ERROR);
  }

  @Test
  void runThatFails_failsWithTheSameException() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Onboarding().persistent(2))
        .withMessage("refused");

    assertThat(run.spans(3)).allMatch(span -> span.status() == SpanStatus.ERROR);
  }

  @Test
  void stage_endsRunAndNodeWhenItCompletes() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> later = new Onboarding().later(answer).toCompletableFuture();
    assertThat(run.spans()).isEmpty();

    answer.complete("yes");

    assertThat(later.join()).isEqualTo("yes!");
    assertThat(run.spans(2))
        .extracting(SpanRecord::name)
        .containsExactly("ask", "invoke_workflow later");
    assertThat(payload(run.spans().get(0), "output")).isEqualTo("\"yes\"");
  }

  @Test
  void switchedOff_nothingIsRemembered() {
    run.without("workflow-methods", () -> new Onboarding().run("4711", "s3cret"));

    assertThat(run.spans()).isEmpty();
  }

  private static String payload(SpanRecord span, String name) {
    return span.payloads().stream()
        .filter(it -> it.name().equals(name))
        .map(it -> new String(it.bytes(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
