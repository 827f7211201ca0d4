package dev.engram.agent.instrumentation.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Around {@code Call.execute}, on the application's thread. */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object call) {
    return OkHttpCapture.called(call);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Response exit(
      @Advice.Enter @Nullable Object asked,
      @Advice.Return @Nullable Response response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return asked == null ? null : ModelQuestion.executed(asked, response, thrown);
  }
}
