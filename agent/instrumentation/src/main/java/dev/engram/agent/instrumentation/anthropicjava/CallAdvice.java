package dev.engram.agent.instrumentation.anthropicjava;

import com.anthropic.core.http.HttpResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a call with all its attempts, on the caller's thread. */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object request) throws Throwable {
    return AnthropicCapture.asked(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable HttpResponse exit(
      @Advice.Enter @Nullable Object call,
      @Advice.Return @Nullable HttpResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    return call == null ? null : AnthropicCapture.answered(call, response, thrown);
  }
}
