package dev.engram.agent.instrumentation.flowable;

import net.bytebuddy.asm.Advice;
import org.flowable.bpmn.model.FlowNode;
import org.jspecify.annotations.Nullable;

/** Around one instance of an activity that is executed several times. */
public final class InstanceAdvice {
  private InstanceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("execution") Object execution, @Advice.Argument(0) FlowNode activity) {
    return FlowableCapture.instanceBegins(execution, activity);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object node, @Advice.Thrown @Nullable Throwable thrown) {
    if (node != null) {
      FlowableCapture.activityEnds(node, thrown);
    }
  }
}
