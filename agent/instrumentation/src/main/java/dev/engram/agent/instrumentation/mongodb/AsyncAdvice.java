package dev.engram.agent.instrumentation.mongodb;

import com.mongodb.internal.async.SingleResultCallback;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Before a command is sent for the reactive driver: what waits for its reply goes on in a callback.
 */
public final class AsyncAdvice {
  private AsyncAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(3))
  public static @Nullable SingleResultCallback<?> enter(
      @Advice.Argument(3) @Nullable SingleResultCallback<?> callback) {
    return callback == null ? null : CarriedCallback.of(callback);
  }
}
