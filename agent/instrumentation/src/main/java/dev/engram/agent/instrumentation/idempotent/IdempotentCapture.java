package dev.engram.agent.instrumentation.idempotent;

import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.workflow.WorkflowNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides whether an idempotent method runs again. */
final class IdempotentCapture {
  private IdempotentCapture() {}

  static boolean exit(
      Class<?> type, String method, @Nullable Object begun, @Nullable Throwable thrown) {
    return exit(type, begun, thrown, () -> place(type, method));
  }

  static boolean exitNode(
      Class<?> type, String method, @Nullable Object begun, @Nullable Throwable thrown) {
    return exit(type, begun, thrown, () -> nodePlace(type, method));
  }

  private static boolean exit(
      Class<?> type, @Nullable Object begun, @Nullable Throwable thrown, Supplier<String> place) {
    if (thrown != null) {
      return Healing.failed(begun, place, type, thrown);
    }
    if (begun != null) {
      Healing.succeeded(begun, place);
    }
    return false;
  }

  private static String place(Class<?> type, String method) {
    return "method " + type.getName() + "#" + method;
  }

  /** Outside of a run, and where nodes are not remembered, it is a method like others. */
  private static String nodePlace(Class<?> type, String method) {
    String node = WorkflowNode.current();
    return node == null ? place(type, method) : "node " + node;
  }
}
