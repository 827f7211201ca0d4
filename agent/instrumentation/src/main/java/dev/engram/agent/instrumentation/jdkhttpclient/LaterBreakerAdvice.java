package dev.engram.agent.instrumentation.jdkhttpclient;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code sendAsync} with all its attempts; a call may be failed without being made. */
public final class LaterBreakerAdvice {
  private LaterBreakerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = IOException.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable HttpRequest request) {
    return request == null ? null : BreakerCapture.beginLater(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable CompletableFuture<?> exit(
      @Advice.Enter @Nullable Object call, @Advice.Return @Nullable CompletableFuture<?> response) {
    return call == null ? null : BreakerCapture.exitLater(call, response);
  }
}
