package dev.engram.agent.instrumentation.springbatch;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import org.jspecify.annotations.Nullable;

/**
 * An execution of a job that goes on. Each of its threads takes one step after the other, so a step
 * comes from the one that its thread ended before; the first of a branch comes from none.
 * Thread-safe.
 */
final class BatchRun {
  /** Threads at once. */
  private static final int FEW = 16;

  private final WorkflowRun run;

  /** By thread, which it does not keep: a job may go through very many of them. */
  private final Attachments<Ended> last = new Attachments<>(FEW);

  BatchRun(WorkflowRun run) {
    this.run = run;
  }

  WorkflowRun run() {
    return run;
  }

  void begins(WorkflowNode node) {
    Ended before = last.get(Thread.currentThread());
    if (before != null) {
      node.from(before.step(), before.exitCode());
    }
  }

  void ended(String step, @Nullable String exitCode) {
    last.put(Thread.currentThread(), new Ended(step, exitCode));
  }

  private record Ended(String step, @Nullable String exitCode) {}
}
