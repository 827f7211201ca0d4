package dev.engram.agent.instrumentation.langchain4jagentic;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.ExceptionOrigin;
import dev.langchain4j.agentic.internal.AgentInvocationArguments;
import dev.langchain4j.agentic.planner.AgentInstance;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Follows a run through its agents. A system inside another is a node of the outer one's run. */
final class AgenticCapture {
  private static final String ENGINE = "langchain4j-agentic";

  private AgenticCapture() {}

  /** Hangs on the spans of a run and its nodes, so that those below find it. */
  private static final class Run {
    private final WorkflowRun run;
    private volatile @Nullable String last;

    Run(WorkflowRun run) {
      this.run = run;
    }
  }

  private record Node(WorkflowNode node, Run run, AgentInstance agent) {}

  static @Nullable Object enterRun(
      AgentInstance system, Method method, @Nullable Object @Nullable [] arguments) {
    OpenSpan current = Tracing.current();
    if (current != null && current.operation() instanceof Run) {
      return null;
    }
    String name = system.name();
    WorkflowRun opened =
        WorkflowRun.open(
            ENGINE, name == null ? method.getDeclaringClass().getSimpleName() : name, null);
    if (opened == null) {
      return null;
    }
    if (arguments != null && isContentKept()) {
      opened.input(arguments);
    }
    Run run = new Run(opened);
    opened.span().operation(run);
    opened.enter();
    return run;
  }

  static void exitRun(Object opened, @Nullable Object returned, @Nullable Throwable thrown) {
    WorkflowRun run = ((Run) opened).run;
    if (thrown != null) {
      run.fail(thrown, "PlannerBasedInvocationHandler#invoke");
      return;
    }
    if (returned != null && isContentKept()) {
      run.output(returned);
    }
    run.end();
  }

  static @Nullable Object enterNode(
      AgentInstance agent, @Nullable AgentInvocationArguments arguments) {
    OpenSpan current = Tracing.current();
    if (current == null || !(current.operation() instanceof Run run)) {
      return null;
    }
    WorkflowNode node =
        WorkflowNode.open(current, run.run.workflow(), run.run.id(), agent.name(), 1);
    if (node == null) {
      return null;
    }
    node.from(run.last, null);
    if (arguments != null && isContentKept()) {
      node.input(arguments.namedArgs());
    }
    node.span().operation(run);
    node.enter();
    return new Node(node, run, agent);
  }

  static void exitNode(Object opened, @Nullable Object returned, @Nullable Throwable thrown) {
    Node it = (Node) opened;
    if (thrown != null) {
      it.node().span().fail(thrown, ExceptionOrigin.ESCAPED, "AgentInvoker#invoke");
    } else if (returned != null && isContentKept()) {
      it.node().output(returned);
    }
    it.run().last = it.agent().name();
    it.node().end();
  }

  /** What agents are given and give are prompts and answers. */
  private static boolean isContentKept() {
    return Tracing.aiContentLimit() > 0;
  }
}
