package dev.engram.agent.core.workflow;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import org.jspecify.annotations.Nullable;

/** One execution of a node of a run. Filled by one thread at a time. No method throws. */
public final class WorkflowNode {
  private static final AttributeKey NAME = AttributeKey.of("engram.workflow.node.name");
  private static final AttributeKey ATTEMPT = AttributeKey.of("engram.workflow.node.attempt");
  private static final AttributeKey FROM = AttributeKey.of("engram.workflow.transition.from");
  private static final AttributeKey REASON = AttributeKey.of("engram.workflow.transition.reason");

  private static final AttributeKey INPUT = AttributeKey.of("engram.workflow.input.hash");
  private static final AttributeKey OUTPUT = AttributeKey.of("engram.workflow.output.hash");

  private final OpenSpan span;

  private WorkflowNode(OpenSpan span) {
    this.span = span;
  }

  public static @Nullable WorkflowNode open(
      @Nullable OpenSpan parent, String workflow, String runId, String name, long attempt) {
    OpenSpan span = Tracing.openBelow(parent, SpanKind.INTERNAL, Category.NODE, name);
    if (span == null) {
      return null;
    }
    span.put(WorkflowRun.WORKFLOW, workflow).put(WorkflowRun.RUN, runId).put(NAME, name);
    span.put(ATTEMPT, attempt);
    return new WorkflowNode(span);
  }

  /** The node that the current span is, as {@code workflow/node}; null where it is none. */
  public static @Nullable String current() {
    OpenSpan span = Tracing.current();
    return span == null || span.category() != Category.NODE
        ? null
        : span.text(WorkflowRun.WORKFLOW) + '/' + span.text(NAME);
  }

  public WorkflowNode from(@Nullable String node, @Nullable String reason) {
    span.put(FROM, node).put(REASON, reason);
    return this;
  }

  /** As {@link WorkflowRun#input}. */
  public WorkflowNode input(Object value) {
    span.put(INPUT, Tracing.hashOfJson("input", WorkflowRun.put(span, "input", value)));
    return this;
  }

  /** As {@link WorkflowRun#output}. */
  public WorkflowNode output(Object value) {
    span.put(OUTPUT, Tracing.hashOfJson("output", WorkflowRun.put(span, "output", value)));
    return this;
  }

  public OpenSpan span() {
    return span;
  }

  public WorkflowNode enter() {
    span.begun().enter();
    return this;
  }

  public void end() {
    span.leave();
    span.end();
  }
}
