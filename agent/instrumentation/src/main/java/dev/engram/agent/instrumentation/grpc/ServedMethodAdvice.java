package dev.engram.agent.instrumentation.grpc;

import io.grpc.ServerMethodDefinition;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After the server has put its interceptors around the method of one call. */
public final class ServedMethodAdvice {
  private ServedMethodAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable ServerMethodDefinition<?, ?> exit(
      @Advice.Return @Nullable ServerMethodDefinition<?, ?> method) {
    return method == null ? null : GrpcServerCapture.remembered(method);
  }
}
