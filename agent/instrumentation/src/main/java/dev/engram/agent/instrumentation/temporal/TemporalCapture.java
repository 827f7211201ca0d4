package dev.engram.agent.instrumentation.temporal;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.ExceptionOrigin;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityOutput;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor.WorkflowInput;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor.WorkflowOutput;
import io.temporal.internal.sync.DestroyWorkflowThreadError;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Follows the workflows and activities of the workers in this JVM. Thread-safe. */
final class TemporalCapture {
  private static final AttributeKey WORKFLOW_ID = AttributeKey.of("engram.temporal.workflow.id");
  private static final String WORKFLOW_SITE =
      "io.temporal.common.interceptors.WorkflowInboundCallsInterceptor#execute";
  private static final String ACTIVITY_SITE =
      "io.temporal.common.interceptors.ActivityInboundCallsInterceptor#execute";

  /** How Temporal throws on what is checked. */
  private static final String WRAPPER = "CheckedExceptionWrapper";

  /**
   * The runs whose code is on a thread of this JVM, by id. Temporal keeps as many as its cache of
   * workflows takes.
   */
  private static final Map<String, WorkflowRun> RUNS = new ConcurrentHashMap<>();

  private TemporalCapture() {}

  static @Nullable Object workflowBegins(WorkflowInput input) {
    return WorkflowUnsafe.isReplaying() ? null : open(input);
  }

  /**
   * @param run as it was begun; null where the code was replayed from its beginning
   */
  static void workflowEnds(
      @Nullable Object run,
      WorkflowInput input,
      @Nullable WorkflowOutput output,
      @Nullable Throwable thrown) {
    boolean left = thrown instanceof DestroyWorkflowThreadError;
    WorkflowRun ended = (WorkflowRun) run;
    if (ended == null && !left && !WorkflowUnsafe.isReplaying()) {
      // The end of a run that began on another thread or host.
      ended = open(input);
    }
    if (ended == null) {
      return;
    }
    RUNS.remove(ended.id(), ended);
    if (thrown == null || left) {
      end(ended, output);
    } else {
      ended.fail(unwrapped(thrown), WORKFLOW_SITE);
    }
  }

  static @Nullable Object activityBegins(ActivityInfo info, ActivityInput input) {
    WorkflowRun run = RUNS.get(info.getRunId());
    WorkflowNode node =
        WorkflowNode.open(
            run == null ? null : run.span(),
            info.getWorkflowType(),
            info.getRunId(),
            info.getActivityType(),
            info.getAttempt());
    if (node == null) {
      return null;
    }
    node.input(input.getArguments());
    return node.enter();
  }

  static void activityEnds(
      Object node, @Nullable ActivityOutput output, @Nullable Throwable thrown) {
    WorkflowNode ended = (WorkflowNode) node;
    if (thrown != null) {
      ended.span().fail(unwrapped(thrown), ExceptionOrigin.ESCAPED, ACTIVITY_SITE);
    } else if (output != null && output.getResult() != null) {
      ended.output(output.getResult());
    }
    ended.end();
  }

  private static @Nullable WorkflowRun open(WorkflowInput input) {
    WorkflowInfo info = Workflow.getInfo();
    WorkflowRun run = WorkflowRun.open("temporal", info.getWorkflowType(), info.getRunId());
    if (run == null) {
      return null;
    }
    run.span().put(WORKFLOW_ID, info.getWorkflowId());
    run.input(input.getArguments());
    RUNS.put(run.id(), run);
    return run.enter();
  }

  private static void end(WorkflowRun run, @Nullable WorkflowOutput output) {
    if (output != null && output.getResult() != null) {
      run.output(output.getResult());
    }
    run.end();
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean wrapped = thrown.getClass().getSimpleName().equals(WRAPPER);
    Throwable cause = wrapped ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
