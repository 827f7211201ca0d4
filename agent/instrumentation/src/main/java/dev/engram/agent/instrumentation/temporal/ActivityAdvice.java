package dev.engram.agent.instrumentation.temporal;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityOutput;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around an attempt of an activity. */
public final class ActivityAdvice {
  private ActivityAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("context") ActivityExecutionContext context,
      @Advice.Argument(0) ActivityInput input) {
    return TemporalCapture.activityBegins(context.getInfo(), input);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object node,
      @Advice.Return @Nullable ActivityOutput output,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (node != null) {
      TemporalCapture.activityEnds(node, output, thrown);
    }
  }
}
