package dev.engram.agent.instrumentation.apachehttpclient5;

import java.util.concurrent.Future;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Around the making of an asynchronous call, on the application's thread, which may ask a model.
 */
public final class AsyncModelAdvice {
  private AsyncModelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(2))
  public static @Nullable AsyncResponseConsumer<?> enter(
      @Advice.Argument(0) @Nullable Object target,
      @Advice.Argument(1) @Nullable Object request,
      @Advice.Argument(2) @Nullable AsyncResponseConsumer<?> answer) {
    return answer == null ? null : ModelAnswerConsumer.of(target, request, answer);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable AsyncResponseConsumer<?> answer,
      @Advice.Return @Nullable Future<?> future,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (answer != null) {
      ModelAnswerConsumer.sent(answer, future, thrown);
    }
  }
}
