package dev.engram.agent.instrumentation.mongodb;

import com.mongodb.internal.async.SingleResultCallback;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** As {@link AsyncAdvice}, in the driver before 5.2. */
public final class AsyncWithSessionAdvice {
  private AsyncWithSessionAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(5))
  public static @Nullable SingleResultCallback<?> enter(
      @Advice.Argument(5) @Nullable SingleResultCallback<?> callback) {
    return callback == null ? null : CarriedCallback.of(callback);
  }
}
