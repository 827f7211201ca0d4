package dev.engram.agent.instrumentation.workflowmethods;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.workflow.CodedRun;
import dev.engram.agent.core.workflow.WorkflowNode;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A call whose span is open. Ended by one thread, which may not be the caller's.
 *
 * @param node null when the call is the run itself
 */
record WorkflowCall(CodedRun run, @Nullable WorkflowNode node, WorkflowMethod method) {
  void leave() {
    if (node == null) {
      run.leave();
    } else {
      node.span().leave();
    }
  }

  void ended(@Nullable Object result, @Nullable Throwable thrown) {
    Object output = thrown == null ? result : null;
    if (node == null) {
      run.ended(output, thrown, method.site());
    } else {
      run.nodeEnded(node, method.name(), output, thrown, method.site());
    }
  }

  /** Told by the stage; nothing may escape into the thread that completed it. */
  void completed(@Nullable Object result, @Nullable Throwable thrown) {
    try {
      ended(result, unwrapped(thrown));
    } catch (Throwable ours) {
      ended(null, null);
    }
  }

  /** Stages carry the exception of an earlier stage in one of their own. */
  private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
