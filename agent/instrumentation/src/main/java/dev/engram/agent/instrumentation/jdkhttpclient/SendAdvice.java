package dev.engram.agent.instrumentation.jdkhttpclient;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code send} and {@code sendAsync}, where both are one, on the application's thread. */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(1))
  public static @Nullable BodyHandler<?> enter(
      @Advice.Argument(0) @Nullable HttpRequest request,
      @Advice.Argument(1) @Nullable BodyHandler<?> handler) {
    return request == null || handler == null ? null : ModelAnswerHandler.of(request, handler);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable BodyHandler<?> handler,
      @Advice.Return @Nullable CompletableFuture<?> response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (handler != null) {
      ModelAnswerHandler.sent(handler, response, thrown);
    }
  }
}
