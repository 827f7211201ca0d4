package dev.engram.agent.instrumentation.flowable;

import dev.engram.agent.core.workflow.WorkflowRun;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process instances that a command moves on, in the order it came to them: those after the
 * first were called by it. Confined to the command's thread.
 */
final class Legs {
  private final Map<String, Leg> byInstance = new LinkedHashMap<>();
  private @Nullable Leg first;

  /** Null when capture is off. */
  @Nullable Leg of(String instance, String workflow) {
    Leg known = byInstance.get(instance);
    if (known != null) {
      return known;
    }
    Leg outer = first;
    if (outer != null) {
      outer.enter();
    }
    WorkflowRun run = WorkflowRun.open("flowable", workflow, instance);
    if (outer != null) {
      outer.leave(null);
    }
    if (run == null) {
      return null;
    }
    run.span().begun();
    Leg leg = new Leg(run);
    byInstance.put(instance, leg);
    first = outer == null ? leg : outer;
    return leg;
  }

  void enterFirst() {
    if (first != null) {
      first.enter();
    }
  }

  void end(@Nullable Throwable thrown) {
    byInstance.values().forEach(leg -> leg.end(thrown));
  }
}
