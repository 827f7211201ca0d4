package dev.engram.agent.instrumentation.jdkhttpclient;

import java.lang.ref.Reference;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code sendAsync}, on the application's thread, which is given a future of ours where the
 * request may be sent again. The client refers only weakly to what the application holds of it, and
 * ends with that.
 */
public final class LaterRetryAdvice {
  private LaterRetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This HttpClient client,
      @Advice.FieldValue("facadeRef") @Nullable Reference<?> held,
      @Advice.Argument(0) @Nullable HttpRequest request,
      @Advice.Argument(2) @Nullable Object pushed) {
    return request == null || pushed != null
        ? null
        : RetryCapture.beginLater(client, held, request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable CompletableFuture<?> exit(
      @Advice.FieldValue("facadeRef") @Nullable Reference<?> held,
      @Advice.Argument(0) @Nullable HttpRequest request,
      @Advice.Argument(1) @Nullable BodyHandler<?> handler,
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable CompletableFuture<?> response) {
    return call == null
        ? null
        : RetriedCall.made(call, RetryCapture.held(held), request, handler, response);
  }
}
