package dev.engram.agent.instrumentation.apachehttpclient5;

import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.jspecify.annotations.Nullable;

/** Before one attempt of the asynchronous client: its end is told to the callback. */
public final class AsyncAttemptAdvice {
  private AsyncAttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(4))
  public static @Nullable AsyncExecCallback enter(
      @Advice.Argument(0) Object request,
      @Advice.Argument(2) Object scope,
      @Advice.Argument(4) @Nullable AsyncExecCallback callback) {
    return callback == null ? null : AsyncAttempt.attempted(request, scope, callback);
  }
}
