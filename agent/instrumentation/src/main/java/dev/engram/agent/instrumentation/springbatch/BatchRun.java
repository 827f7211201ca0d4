package dev.engram.agent.instrumentation.springbatch;

import dev.engram.agent.core.workflow.WorkflowNode;
import dev.engram.agent.core.workflow.WorkflowRun;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An execution of a job that goes on. Each of its threads takes one step after the other, so a step
 * comes from the one that its thread ended before; the first of a branch comes from none.
 * Thread-safe.
 */
final class BatchRun {
  private final WorkflowRun run;
  private final Map<Thread, Ended> last = new ConcurrentHashMap<>();

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
