package dev.engram.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** After a chat model has made the stream of one round trip, which nobody has subscribed to yet. */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Flux<?> exit(
      @Advice.This Object model,
      @Advice.AllArguments @Nullable Object[] arguments,
      @Advice.Return @Nullable Flux<?> stream) {
    return stream == null ? null : StreamCapture.watched(model, arguments, stream);
  }
}
