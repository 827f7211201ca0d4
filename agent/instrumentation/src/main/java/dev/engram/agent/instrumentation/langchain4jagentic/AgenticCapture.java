package dev.engram.agent.instrumentation.langchain4jagentic;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.core.decision.Surrounding;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.ExceptionOrigin;
import dev.langchain4j.agentic.internal.AgentInvocationArguments;
import dev.langchain4j.agentic.planner.Action;
import dev.langchain4j.agentic.planner.Action.AgentCallAction;
import dev.langchain4j.agentic.planner.AgentInstance;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a run through its agents. A system inside another is a node of the outer one's run. */
final class AgenticCapture {
  private static final String ENGINE = "langchain4j-agentic";

  /** What a system chooses where nobody is left to work. */
  private static final String DONE = "done";

  private AgenticCapture() {}

  /** What runs and its nodes are of. */
  private static final class Run {
    private final WorkflowRun run;
    private volatile @Nullable String last;

    Run(WorkflowRun run) {
      this.run = run;
    }
  }

  /**
   * Hangs on the spans of a run and its nodes, so that those below find it.
   *
   * @param agent that works there, which may be a system itself
   */
  private record At(Run run, AgentInstance agent) {}

  private record Node(WorkflowNode node, At at) {}

  static @Nullable Object enterRun(
      AgentInstance system, Method method, @Nullable Object @Nullable [] arguments) {
    OpenSpan current = Tracing.current();
    if (current != null && current.operation() instanceof At) {
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
    opened.span().operation(new At(run, system));
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
    if (current == null || !(current.operation() instanceof At above)) {
      return null;
    }
    Run run = above.run();
    WorkflowNode node =
        WorkflowNode.open(current, run.run.workflow(), run.run.id(), agent.name(), 1);
    if (node == null) {
      return null;
    }
    node.from(run.last, null);
    if (arguments != null && isContentKept()) {
      node.input(arguments.namedArgs());
    }
    At at = new At(run, agent);
    node.span().operation(at);
    node.enter();
    return new Node(node, at);
  }

  static void exitNode(Object opened, @Nullable Object returned, @Nullable Throwable thrown) {
    Node it = (Node) opened;
    if (thrown != null) {
      it.node().span().fail(thrown, ExceptionOrigin.ESCAPED, "AgentInvoker#invoke");
    } else if (returned != null && isContentKept()) {
      it.node().output(returned);
    }
    it.at().run().last = it.at().agent().name();
    it.node().end();
  }

  /** What a system does next is a decision between its agents. */
  static void planned(Action chosen) {
    OpenSpan current = Tracing.current();
    if (current == null || !(current.operation() instanceof At at)) {
      return;
    }
    List<String> options = names(at.agent().subagents());
    options.add(DONE);
    List<String> next =
        chosen instanceof AgentCallAction call ? names(call.agentsToCall()) : List.of();
    Decisions.routing(
        "plan of " + at.agent().name(),
        options,
        next.isEmpty() ? DONE : String.join(", ", next),
        null,
        Surrounding.ofNode(at.run().run.workflow(), null));
  }

  private static List<String> names(List<? extends AgentInstance> agents) {
    List<String> names = new ArrayList<>();
    agents.forEach(agent -> names.add(agent.name()));
    return names;
  }

  /** What agents are given and give are prompts and answers. */
  private static boolean isContentKept() {
    return Tracing.aiContentLimit() > 0;
  }
}
