package dev.engram.agent.instrumentation.googleadk;

import io.reactivex.rxjava3.core.Flowable;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a model's making of its answer, which some begin before anybody subscribes to it. */
public final class ModelAdvice {
  private ModelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object model,
      @Advice.Argument(0) @Nullable Object request,
      @Advice.Argument(1) boolean streams) {
    return ModelCapture.enter(model, request, streams);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Flowable<?> exit(
      @Advice.Enter @Nullable Object opened,
      @Advice.Return @Nullable Flowable<?> answer,
      @Advice.Thrown @Nullable Throwable thrown) {
    return opened == null ? null : ModelCapture.exit(opened, answer, thrown);
  }
}
