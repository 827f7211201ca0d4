package dev.engram.agent.instrumentation.jdkhttpclient;

import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the start of one attempt, on a thread of the client. */
public final class ExchangeAdvice {
  private ExchangeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object exchange,
      @Advice.FieldValue("multi") Object call,
      @Advice.FieldValue("request") HttpRequest request) {
    return JdkHttpClientCapture.attempted(call, exchange, request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object attempt,
      @Advice.Return @Nullable CompletableFuture<?> response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (attempt != null) {
      JdkHttpClientCapture.started(attempt, response, thrown);
    }
  }
}
