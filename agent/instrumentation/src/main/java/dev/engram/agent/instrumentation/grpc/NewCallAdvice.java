package dev.engram.agent.instrumentation.grpc;

import io.grpc.ClientCall;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a channel has made a call that is not started yet. */
public final class NewCallAdvice {
  private NewCallAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable ClientCall<?, ?> exit(
      @Advice.This Object channel,
      @Advice.Argument(0) Object method,
      @Advice.Return @Nullable ClientCall<?, ?> call) {
    return call == null ? null : GrpcClientCapture.remembered(channel, method, call);
  }
}
