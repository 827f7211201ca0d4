package dev.engram.agent.instrumentation.langgraph4j;

import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.RepeatableNodes;
import dev.engram.agent.core.workflow.WorkflowNode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The action of a node that is declared repeatable. On the thread that walks through the graph,
 * which waits for actions anyway.
 *
 * @param begun what healing knows it by; null where it does not run again, and is only observed
 */
record NodeRun(String node, Class<?> asking, @Nullable Object begun) {
  /** Null where the node is not declared so. */
  static @Nullable Object begin(Class<?> asking) {
    String node = WorkflowNode.current();
    return node == null || !RepeatableNodes.has(node)
        ? null
        : new NodeRun(node, asking, Healing.begin(asking));
  }

  /** Whether it runs again. What goes on elsewhere is left alone. */
  static boolean ended(Object run, @Nullable Object returned, @Nullable Throwable thrown) {
    NodeRun ended = (NodeRun) run;
    Throwable failure = thrown == null ? failure(returned) : LangGraph4jCapture.unwrapped(thrown);
    if (failure != null) {
      return Healing.failed(ended.begun, ended::place, ended.asking, failure);
    }
    boolean isDone = !(returned instanceof CompletableFuture<?> future) || future.isDone();
    if (isDone) {
      Healing.succeeded(ended.begun, ended::place);
    }
    return false;
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
