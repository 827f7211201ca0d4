package dev.engram.agent.instrumentation.langgraph4j;

import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.RepeatableNodes;
import dev.engram.agent.core.workflow.WorkflowNode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The action of a node that is declared repeatable. On the thread that walks through the graph,
 * which waits for actions anyway. The engine takes the update, asks the edge and saves in the same
 * method: what fails there is not the action, which must not run again then.
 *
 * @param state of the graph before; any update but an empty one makes another object of it
 * @param begun what healing knows it by; null where it does not run again, and is only observed
 */
record NodeRun(String node, Object generator, @Nullable Object state, @Nullable Object begun) {
  /** Null where the node is not declared so, and while healing is off. */
  static @Nullable Object begin(Object generator) {
    String node = Healing.isOff() ? null : WorkflowNode.current();
    if (node == null || !RepeatableNodes.has(node)) {
      return null;
    }
    Object state = LangGraph4jCapture.state(generator);
    return new NodeRun(node, generator, state, Healing.begin(generator.getClass()));
  }

  /** Whether it runs again. What goes on elsewhere is left alone. */
  static boolean ended(Object run, @Nullable Object returned, @Nullable Throwable thrown) {
    NodeRun ended = (NodeRun) run;
    Throwable failure = thrown == null ? failure(returned) : LangGraph4jCapture.unwrapped(thrown);
    if (failure != null && !LangGraph4jCapture.hasReturned(ended.generator)) {
      return ended.failed(failure);
    }
    boolean isDone = !(returned instanceof CompletableFuture<?> future) || future.isDone();
    if (isDone) {
      Healing.succeeded(ended.begun, ended::place);
    }
    return false;
  }

  /** Hooks of the engine may have changed the state before the action, and would do so again. */
  private boolean failed(Throwable failure) {
    return LangGraph4jCapture.state(generator) == state
        ? Healing.failed(begun, this::place, generator.getClass(), failure)
        : Healing.leftAlone(begun);
  }

  /** Of an action that has failed already, where the engine gets a future of it. */
  private static @Nullable Throwable failure(@Nullable Object returned) {
    Throwable[] failure = new Throwable[1];
    if (returned instanceof CompletableFuture<?> future && future.isCompletedExceptionally()) {
      future.handle((value, failed) -> failure[0] = failed);
    }
    return LangGraph4jCapture.unwrapped(failure[0]);
  }

  private String place() {
    return "node " + node;
  }
}
