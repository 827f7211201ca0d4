package dev.engram.agent.instrumentation.langgraph4j;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.AttributeKey;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.bsc.async.AsyncGenerator;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.action.InterruptableAction;
import org.bsc.langgraph4j.action.InterruptionMetadata;
import org.bsc.langgraph4j.state.AgentState;
import org.jspecify.annotations.Nullable;

/** Follows the ways through graphs. Thread-safe. */
final class LangGraph4jCapture {
  private static final AttributeKey NODE = AttributeKey.of("engram.workflow.node.name");
  private static final AttributeKey RUN = AttributeKey.of("engram.workflow.run.id");
  private static final AttributeKey CHECKPOINT = AttributeKey.of("engram.workflow.checkpoint.id");

  /** What the engine wraps exceptions of actions in. */
  private static final String WRAPPER = "org.bsc.langgraph4j.GraphRunnerException";

  /** Chains of causes may have no end. */
  private static final int MAX_CAUSES = 16;

  /** Before the names of classes whose objects are subgraphs and forks. */
  private static final String ENGINE = "org.bsc.langgraph4j.internal.";

  /** Where a run goes next that was interrupted before its edge was chosen. */
  private static final String PUT_OFF = "__INTERRUPTED__";

  /** By generator, and by the stream around it. */
  private static final Attachments<Leg> LEGS = new Attachments<>();

  /** By the span of a run or node. */
  private static final Attachments<WeakReference<Leg>> SPANS = new Attachments<>();

  private LangGraph4jCapture() {}

  /** What is made and never read leaves nothing: the begun note is written with the first step. */
  static void made(Object generator, CompiledGraph<?> graph, Object input, RunnableConfig config) {
    Topology topology = new Topology(graph);
    OpenSpan current = Tracing.current();
    boolean nested = current != null && legOf(current) != null;
    String node = current == null || !nested ? null : current.text(NODE);
    String id =
        current == null || node == null
            ? config.threadId().orElse(null)
            : current.text(RUN) + "/" + node;
    WorkflowRun run = WorkflowRun.open("langgraph4j", topology.name(), id);
    if (run == null) {
      return;
    }
    if (Fields.get(input, "value") instanceof Map<?, ?> given) {
      run.input(given);
    }
    Object position = position(generator);
    String resumed = Fields.text(position, "resumeFrom");
    boolean putOff = PUT_OFF.equals(Fields.text(position, "nextNodeId"));
    String last = resumed == null ? Topology.START : resumed;
    Leg leg = new Leg(run, topology, last, putOff, generator);
    LEGS.put(generator, leg);
    belongs(run.span(), leg);
  }

  static void streams(Object stream, Object generator) {
    Leg leg = LEGS.get(generator);
    if (leg != null) {
      LEGS.put(stream, leg);
    }
  }

  static @Nullable Object stepBegins(Object generator) {
    Leg leg = LEGS.get(generator);
    if (leg == null || leg.span().isEnded()) {
      return null;
    }
    leg.stepBegins();
    return leg;
  }

  static void stepEnds(
      Object leg,
      Object generator,
      AsyncGenerator.@Nullable Data<?> data,
      @Nullable Throwable thrown) {
    Leg walked = (Leg) leg;
    Failure failure = failure(data, thrown);
    Object result = data != null && data.isDone() ? Fields.get(data, "resultValue") : null;
    walked.stepEnds(Fields.text(position(generator), "nextNodeId"), failure, result);
    if (failure != null || data == null || data.isDone()) {
      walked.ends(state(generator), result, failure);
    }
  }

  static void nodeBegins(Object generator, Object action) {
    Leg leg = LEGS.get(generator);
    String node = Fields.text(position(generator), "currentNodeId");
    if (leg != null && node != null) {
      leg.nodeBegins(node, state(generator));
    }
  }

  static void updated(Object generator, Map<?, ?> update) {
    Leg leg = LEGS.get(generator);
    if (leg != null) {
      leg.updated(update);
    }
  }

  /** Whether the action of the node that began last has returned an update, be it empty. */
  static boolean hasReturned(Object generator) {
    Leg leg = LEGS.get(generator);
    return leg != null && leg.hasReturned();
  }

  static void goesOn(Object generator) {
    Leg leg = LEGS.get(generator);
    if (leg != null) {
      leg.goesOn();
    }
  }

  static void streamEnds(
      Object stream, AsyncGenerator.@Nullable Data<?> data, @Nullable Throwable thrown) {
    Leg leg = LEGS.get(stream);
    if (leg == null || leg.span().isEnded()) {
      return;
    }
    Failure failure = failure(data, thrown);
    if (failure == null) {
      leg.cancelled();
    } else {
      leg.ends(null, null, failure);
    }
  }

  /** The fork's step is on this thread, or has handed its span to it. */
  static @Nullable Object branchBegins(Object action, Object state) {
    OpenSpan current = Tracing.current();
    Leg leg = current == null ? null : legOf(current);
    return leg == null
        ? null
        : leg.branchBegins(action, state instanceof AgentState values ? values.data() : null);
  }

  static void branchReturned(
      Object branch, @Nullable CompletableFuture<?> update, @Nullable Throwable thrown) {
    Branch begun = (Branch) branch;
    begun.node().span().leave();
    if (update == null) {
      begun.completed(null, thrown);
    } else {
      update.whenComplete(begun::completed);
    }
  }

  /** The action itself where there is nothing to recall, or where the engine asks it for more. */
  static AsyncNodeActionWithConfig<?> recalling(
      Object generator, AsyncNodeActionWithConfig<?> action) {
    Leg leg = LEGS.get(generator);
    String node = Fields.text(position(generator), "currentNodeId");
    boolean ofTheEngine = action.getClass().getName().startsWith(ENGINE);
    if (leg == null || node == null || ofTheEngine || action instanceof InterruptableAction) {
      return action;
    }
    RecalledCases recalled = leg.recalled(node, state(generator));
    return recalled == null ? action : new RecallingAction<>(action, recalled);
  }

  /** The same of a branch, which shares its state with others. */
  static AgentState recallingBranch(Object action, AgentState state) {
    OpenSpan current = Tracing.current();
    Leg leg = current == null ? null : legOf(current);
    String node = leg == null ? null : leg.nodeOf(action);
    RecalledCases recalled = leg == null || node == null ? null : leg.recalled(node, state.data());
    return recalled == null ? state : recalled.in(state);
  }

  static void saved(String checkpoint) {
    OpenSpan current = Tracing.current();
    if (current != null && legOf(current) != null) {
      current.put(CHECKPOINT, checkpoint);
    }
  }

  static void belongs(OpenSpan span, Leg leg) {
    SPANS.put(span, new WeakReference<>(leg));
  }

  /** The node that the engine tells with an interruption; null for any other result. */
  static @Nullable String interruptedAt(@Nullable Object result) {
    return result instanceof InterruptionMetadata<?> interruption
        ? String.valueOf(interruption.nodeId())
        : null;
  }

  /** The exception of the action itself. */
  static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
    Throwable inner = thrown;
    for (int i = 0; inner != null && i < MAX_CAUSES; i++) {
      Throwable cause = isWrapper(inner) ? Thrown.cause(inner) : null;
      if (cause == null) {
        return inner;
      }
      inner = cause;
    }
    return inner;
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof CompletionException
        || thrown instanceof ExecutionException
        || thrown.getClass().getName().equals(WRAPPER);
  }

  private static @Nullable Leg legOf(OpenSpan span) {
    WeakReference<Leg> leg = SPANS.get(span);
    return leg == null ? null : leg.get();
  }

  private static @Nullable Failure failure(
      AsyncGenerator.@Nullable Data<?> data, @Nullable Throwable thrown) {
    if (thrown != null) {
      return new Failure(unwrapped(thrown));
    }
    if (data == null || !data.isError()) {
      return null;
    }
    Throwable[] failure = new Throwable[1];
    if (Fields.get(data, "future", "data") instanceof CompletableFuture<?> future) {
      // It has completed, so this is done at once; and nobody else learns that somebody asked.
      future.handle((value, failed) -> failure[0] = failed);
    }
    return new Failure(unwrapped(failure[0]));
  }

  private static @Nullable Object position(Object generator) {
    return Fields.get(generator, "context", "cursor");
  }

  /** Which the engine replaces, and never changes. */
  static @Nullable Object state(Object generator) {
    Object inPosition = Fields.get(position(generator), "currentState");
    return inPosition == null ? Fields.get(generator, "currentState") : inPosition;
  }
}
