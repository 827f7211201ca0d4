package dev.engram.agent.instrumentation.anthropicjava;

import com.anthropic.core.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the start of a call whose attempts follow on other threads. */
public final class AsyncCallAdvice {
  private AsyncCallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object request) throws Throwable {
    return AnthropicCapture.asked(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable CompletableFuture<HttpResponse> exit(
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable CompletableFuture<HttpResponse> response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return call == null ? null : AnthropicCapture.started(call, response, thrown);
  }
}
