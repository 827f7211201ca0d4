package dev.engram.agent.instrumentation.flowable;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around an activity that goes on after it has waited. */
public final class TriggerAdvice {
  private TriggerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.FieldValue("execution") Object execution) {
    return FlowableCapture.activityGoesOn(execution);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object node, @Advice.Thrown @Nullable Throwable thrown) {
    if (node != null) {
      FlowableCapture.activityEnds(node, thrown);
    }
  }
}
