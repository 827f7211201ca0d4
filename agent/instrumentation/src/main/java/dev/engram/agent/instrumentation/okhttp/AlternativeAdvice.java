package dev.engram.agent.instrumentation.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** After all attempts of a call; another model's answer may stand in for a refusal. */
public final class AlternativeAdvice {
  private AlternativeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Response exit(
      @Advice.This Object interceptor,
      @Advice.Argument(0) Object chain,
      @Advice.Return @Nullable Response response) {
    return response == null ? null : AlternativeCapture.answered(interceptor, chain, response);
  }
}
