package dev.engram.agent.instrumentation.apachehttpclient5;

import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.jspecify.annotations.Nullable;

/** After a whole call with all its attempts; another model's answer may stand in for a refusal. */
public final class AlternativeAdvice {
  private AlternativeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable CloseableHttpResponse exit(
      @Advice.This Object client,
      @Advice.Argument(0) @Nullable Object target,
      @Advice.Argument(1) Object request,
      @Advice.Argument(2) @Nullable Object context,
      @Advice.Return @Nullable CloseableHttpResponse response) {
    return response == null
        ? null
        : AlternativeCapture.answered(client, target, request, context, response);
  }
}
