package dev.engram.agent.instrumentation.workflowmethods;

import dev.engram.agent.core.workflow.CodedRun;
import dev.engram.agent.core.workflow.WorkflowNode;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Follows one call, to its return or to the completion of its stage. */
final class WorkflowMethodsCapture {
  private WorkflowMethodsCapture() {}

  /** What {@link #returned} must be given, or null when capture is off. */
  static @Nullable Object runBegins(Class<?> type, String signature, @Nullable Object[] arguments) {
    WorkflowMethod method = WorkflowMethod.run(type, signature);
    CodedRun run = CodedRun.begin(method.name(), method.id(arguments), method.named(arguments));
    return run == null ? null : new WorkflowCall(run, null, method);
  }

  /** The same; null outside of a run too. */
  static @Nullable Object nodeBegins(
      Class<?> type, String signature, @Nullable Object[] arguments) {
    CodedRun run = CodedRun.current();
    if (run == null) {
      return null;
    }
    WorkflowMethod method = WorkflowMethod.node(type, signature);
    WorkflowNode node = run.node(method.name(), method.named(arguments));
    return node == null ? null : new WorkflowCall(run, node, method);
  }

  static void returned(Object call, @Nullable Object returned, @Nullable Throwable thrown) {
    WorkflowCall ended = (WorkflowCall) call;
    ended.leave();
    if (thrown == null && returned instanceof CompletionStage<?> stage) {
      follow(stage, ended);
    } else {
      ended.ended(returned, thrown);
    }
  }

  /** The stage may be the application's own class, which need not let itself be followed. */
  private static void follow(CompletionStage<?> stage, WorkflowCall call) {
    try {
      stage.whenComplete(call::completed);
    } catch (Throwable refused) {
      call.ended(null, null);
    }
  }
}
