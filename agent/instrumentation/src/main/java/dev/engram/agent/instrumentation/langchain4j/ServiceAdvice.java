package dev.engram.agent.instrumentation.langchain4j;

import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a call of an AI service. */
public final class ServiceAdvice {
  private ServiceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(1) @Nullable Method method,
      @Advice.Argument(2) @Nullable Object @Nullable [] arguments) {
    return method == null ? null : ServiceCapture.enter(method, arguments);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object call,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (call != null) {
      ServiceCapture.exit(call, returned, thrown);
    }
  }
}
