package dev.engram.agent.instrumentation.jdkhttpclient;

import java.io.IOException;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code send} with all its attempts; a call may be failed without being made. */
public final class BreakerAdvice {
  private BreakerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = IOException.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable HttpRequest request) {
    return request == null ? null : BreakerCapture.begin(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToThrown
  public static @Nullable Throwable exit(
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return call == null ? null : BreakerCapture.exit(call, response, thrown);
  }
}
