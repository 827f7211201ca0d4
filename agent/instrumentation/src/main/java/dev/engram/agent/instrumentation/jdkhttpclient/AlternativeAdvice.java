package dev.engram.agent.instrumentation.jdkhttpclient;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code send} with all its attempts; another model's answer may stand in for a refusal. */
public final class AlternativeAdvice {
  private AlternativeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable HttpResponse<?> exit(
      @Advice.This HttpClient client,
      @Advice.Argument(0) @Nullable HttpRequest request,
      @Advice.Argument(1) @Nullable BodyHandler<?> handler,
      @Advice.Return @Nullable HttpResponse<?> response) {
    return request == null || handler == null || response == null
        ? null
        : AlternativeCapture.answered(client, request, handler, response);
  }
}
