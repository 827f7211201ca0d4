package dev.engram.agent.instrumentation.jdkhttpclient;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code send}, on the application's thread; its exit says whether it is sent again. */
public final class RetryAdvice {
  private RetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object client, @Advice.Argument(0) @Nullable HttpRequest request) {
    return request == null ? null : RetryCapture.begin(client, request);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.Argument(1) @Nullable BodyHandler<?> handler,
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return call != null && RetryCapture.exit(call, handler, response, thrown);
  }
}
