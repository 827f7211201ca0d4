package dev.engram.agent.instrumentation.langgraph4j;

import dev.engram.agent.core.workflow.WorkflowNode;
import org.jspecify.annotations.Nullable;

/** A node that runs beside others of the same fork. */
record Branch(Leg leg, WorkflowNode node, String name) {
  /** Nothing may escape into the thread that completed it. */
  void completed(@Nullable Object update, @Nullable Throwable thrown) {
    try {
      leg.branchEnded(this, update, LangGraph4jCapture.unwrapped(thrown));
    } catch (Throwable ours) {
      node.end();
    }
  }
}
