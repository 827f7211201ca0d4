package dev.engram.agent.instrumentation.flowable;

import net.bytebuddy.asm.Advice;
import org.flowable.bpmn.model.FlowNode;
import org.jspecify.annotations.Nullable;

/** Around an activity that an execution has come to. */
public final class ActivityAdvice {
  private ActivityAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("execution") Object execution, @Advice.Argument(1) FlowNode activity) {
    return FlowableCapture.activityBegins(execution, activity);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object node, @Advice.Thrown @Nullable Throwable thrown) {
    if (node != null) {
      FlowableCapture.activityEnds(node, thrown);
    }
  }
}
