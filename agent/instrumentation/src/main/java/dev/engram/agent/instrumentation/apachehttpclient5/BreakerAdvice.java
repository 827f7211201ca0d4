package dev.engram.agent.instrumentation.apachehttpclient5;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a whole call; it may be failed without being made. */
public final class BreakerAdvice {
  private BreakerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = IOException.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable Object target, @Advice.Argument(1) Object request) {
    return BreakerCapture.begin(target, request);
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
