package dev.engram.agent.instrumentation.okhttp;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around all attempts of a call; it may be failed without being made. */
public final class BreakerAdvice {
  private BreakerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = IOException.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object chain) {
    return BreakerCapture.begin(chain);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToThrown
  public static @Nullable Throwable exit(
      @Advice.Argument(0) Object chain,
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return call == null ? null : BreakerCapture.exit(call, chain, response, thrown);
  }
}
