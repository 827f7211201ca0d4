package dev.engram.agent.instrumentation.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Callback;
import org.jspecify.annotations.Nullable;

/** Around {@code Call.enqueue}, on the application's thread. */
public final class EnqueueAdvice {
  private EnqueueAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static @Nullable Callback enter(
      @Advice.This Object call, @Advice.Argument(0) @Nullable Callback callback) {
    return ModelAnswerCallback.of(OkHttpCapture.called(call), callback);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Callback asked, @Advice.Thrown @Nullable Throwable thrown) {
    if (asked != null) {
      ModelAnswerCallback.enqueued(asked, thrown);
    }
  }
}
