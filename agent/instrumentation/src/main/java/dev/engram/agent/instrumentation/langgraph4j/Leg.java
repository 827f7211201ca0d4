package dev.engram.agent.instrumentation.langgraph4j;

import dev.engram.agent.core.ai.OpenStream;
import dev.engram.agent.core.ai.OpenStreams;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.core.decision.Surrounding;
import dev.engram.agent.core.recall.Recollections;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.AttributeKey;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bsc.async.AsyncGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One way through a graph, from its start or a checkpoint to its end or an interruption. Its steps
 * are one after the other; branches of a fork may be on several threads.
 */
final class Leg implements OpenStream {
  static final AttributeKey INTERRUPTED = AttributeKey.of("engram.workflow.interrupted");
  private static final AttributeKey CHANGED = AttributeKey.of("engram.workflow.state.changed");

  private final WorkflowRun run;
  private final Topology graph;

  /** Gone when nobody reads on, or waits for a step to complete. */
  private final WeakReference<Object> generator;

  /** Whose edge is taken next. */
  private volatile String last;

  /** Where the branches that begin now come from. */
  private volatile String forkedFrom;

  /** Until the step that chooses the first node. */
  private boolean beginning;

  /** A choice that was put off until the run went on. */
  private boolean undecided;

  private @Nullable WorkflowNode node;
  private String nodeName = "";

  /** Whether the node's generator is being read; the node has not ended before. */
  private volatile boolean goesOn;

  /** Whether the action of the node has, on whatever thread it did. */
  private volatile boolean hasReturned;

  private boolean watched;

  Leg(WorkflowRun run, Topology graph, String last, boolean undecided, Object generator) {
    this.run = run;
    this.graph = graph;
    this.generator = new WeakReference<>(generator);
    this.last = last;
    this.forkedFrom = last;
    this.beginning = last.equals(Topology.START);
    this.undecided = undecided;
  }

  OpenSpan span() {
    return run.span();
  }

  void stepBegins() {
    run.enter();
    if (!watched) {
      watched = true;
      OpenStreams.add(this);
    }
    if (node != null) {
      node.span().enter();
    }
    goesOn = false;
  }

  /**
   * @param next where the graph goes from here; null for nowhere
   */
  void stepEnds(@Nullable String next, @Nullable Failure failure, @Nullable Object result) {
    if (node != null && goesOn && failure == null) {
      node.span().leave();
    } else if (node != null) {
      if (failure == null) {
        routed(nodeName, next);
      }
      endNode(failure, result);
    } else if (beginning && failure == null) {
      routed(Topology.START, next);
    }
    beginning = false;
    run.span().leave();
  }

  void nodeBegins(String name, @Nullable Object state) {
    hasReturned = false;
    if (undecided) {
      undecided = false;
      routed(last, name);
    }
    if (name.startsWith(Topology.FORK)) {
      forkedFrom = last;
      return;
    }
    nodeName = name;
    node = open(name, last, state);
  }

  /** Null when nothing is recalled of this node. */
  @Nullable RecalledCases recalled(String name, @Nullable Object state) {
    return state instanceof Map<?, ?> map
        ? RecalledCases.of(graph.graph(), run.workflow(), name, plain(map))
        : null;
  }

  @Nullable String nodeOf(Object action) {
    return graph.nodeOf(action);
  }

  /** What a node returned, and the reducers make a new state of. */
  void updated(Map<?, ?> update) {
    hasReturned = true;
    if (node != null) {
      updated(node, update);
    }
  }

  boolean hasReturned() {
    return hasReturned;
  }

  void goesOn() {
    goesOn = true;
  }

  @Nullable Branch branchBegins(Object action, @Nullable Object state) {
    String name = graph.nodeOf(action);
    WorkflowNode branch = name == null ? null : open(name, forkedFrom, state);
    return name == null || branch == null ? null : new Branch(this, branch, name);
  }

  /** On whatever thread completes a branch. */
  void branchEnded(Branch branch, @Nullable Object update, @Nullable Throwable thrown) {
    if (thrown != null) {
      new Failure(thrown).of(branch.node().span());
    } else if (update instanceof Map<?, ?> map) {
      updated(branch.node(), map);
    }
    last = branch.name();
    branch.node().end();
  }

  /** Ends the run, and a node that its subgraph left open. */
  void ends(@Nullable Object state, @Nullable Object result, @Nullable Failure failure) {
    endNode(failure, result);
    if (failure != null) {
      failure.of(run.span());
      run.end();
      return;
    }
    run.span().put(INTERRUPTED, LangGraph4jCapture.interruptedAt(result));
    if (state instanceof Map<?, ?> map) {
      run.output(plain(map));
    }
    run.end();
  }

  /** Ends the run when nobody reads on. */
  void cancelled() {
    run.span().fail("cancelled", null);
    ends(null, null, null);
  }

  @Override
  public boolean isOver() {
    return run.span().isEnded();
  }

  @Override
  public boolean isAbandoned(long nanoTime) {
    return generator.refersTo(null);
  }

  @Override
  public void abandoned() {
    if (!isOver()) {
      cancelled();
    }
  }

  /** What it is in is interrupted. */
  @Override
  public void stopped() {}

  private @Nullable WorkflowNode open(String name, String from, @Nullable Object state) {
    WorkflowNode opened = WorkflowNode.open(run.span(), run.workflow(), run.id(), name, 1);
    if (opened == null) {
      return null;
    }
    opened.from(from, graph.reason(from, name));
    if (state instanceof Map<?, ?> map) {
      opened.input(plain(map));
    }
    LangGraph4jCapture.belongs(opened.span(), this);
    return opened.enter();
  }

  private void endNode(@Nullable Failure failure, @Nullable Object result) {
    WorkflowNode ended = node;
    if (ended == null) {
      return;
    }
    node = null;
    last = nodeName;
    if (failure != null) {
      failure.of(ended.span());
    }
    ended.span().put(INTERRUPTED, LangGraph4jCapture.interruptedAt(result));
    ended.end();
  }

  private static void updated(WorkflowNode node, Map<?, ?> update) {
    Map<String, Object> plain = plain(update);
    if (!plain.isEmpty()) {
      List<String> keys = plain.keySet().stream().sorted().toList();
      node.span().put(CHANGED, String.join(",", keys));
    }
    node.output(plain);
  }

  /**
   * Without generators, which are the engine's own, what was recalled, which is ours, and keys that
   * somebody forced into it, which are no texts and are asked for nothing.
   */
  private static Map<String, Object> plain(Map<?, ?> state) {
    Map<String, Object> plain = new HashMap<>();
    state.forEach(
        (key, value) -> {
          boolean isOurs = Recollections.stateKey().equals(key);
          if (key instanceof String name && !isOurs && !(value instanceof AsyncGenerator)) {
            plain.put(name, value);
          }
        });
    return plain;
  }

  /** A conditional edge is a decision of the node that it begins at. */
  private void routed(String from, @Nullable String to) {
    List<String> options = graph.options(from);
    if (to != null && options.contains(to)) {
      Surrounding around = Surrounding.ofNode(run.workflow(), from);
      Decisions.routing("after " + from, options, to, graph.reason(from, to), around);
    }
  }
}
