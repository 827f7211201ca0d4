package dev.engram.agent.instrumentation.quartz;

import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/** A job that runs; it has failed if its last execution has. Confined to the job's thread. */
final class QuartzRun {
  private final WorkflowRun run;
  private @Nullable WorkflowNode node;
  private @Nullable Throwable failure;
  private String site = "";

  QuartzRun(WorkflowRun run) {
    this.run = run;
  }

  void attempt(String name, int attempt) {
    WorkflowNode opened = WorkflowNode.open(run.span(), run.workflow(), run.id(), name, attempt);
    node = opened == null ? null : opened.enter();
  }

  void executed(@Nullable Throwable thrown, String where) {
    failure = thrown;
    site = where;
    WorkflowNode executed = node;
    node = null;
    if (executed != null) {
      if (thrown != null) {
        executed.span().fail(thrown, ExceptionOrigin.ESCAPED, where);
      }
      executed.end();
    }
  }

  void ended(@Nullable Object output) {
    if (output != null) {
      run.output(output);
    }
    if (node != null) {
      // What executes jobs has failed itself.
      node.end();
    }
    if (failure == null) {
      run.end();
    } else {
      run.fail(failure, site);
    }
  }
}
