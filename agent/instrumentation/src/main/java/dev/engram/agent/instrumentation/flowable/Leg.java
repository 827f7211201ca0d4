package dev.engram.agent.instrumentation.flowable;

import dev.engram.agent.core.workflow.WorkflowRun;
import org.jspecify.annotations.Nullable;

/** What one command does of one process instance. Confined to the command's thread. */
final class Leg {
  static final String SITE = "org.flowable.engine.impl.interceptor.CommandInvoker#executeOperation";

  private final WorkflowRun run;
  private @Nullable Throwable failure;

  Leg(WorkflowRun run) {
    this.run = run;
  }

  Leg enter() {
    run.span().enter();
    return this;
  }

  void leave(@Nullable Throwable thrown) {
    run.span().leave();
    if (thrown != null) {
      failure = thrown;
    }
  }

  /** All that a command did is undone where its end fails. */
  void end(@Nullable Throwable thrown) {
    Throwable reason = failure == null ? thrown : failure;
    if (reason == null) {
      run.end();
    } else {
      run.fail(reason, SITE);
    }
  }
}
