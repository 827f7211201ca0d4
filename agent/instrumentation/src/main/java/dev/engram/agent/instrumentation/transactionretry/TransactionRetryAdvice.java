package dev.engram.agent.instrumentation.transactionretry;

import java.lang.reflect.Method;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the call of a proxied bean; its exit says whether the bean is called again. */
public final class TransactionRetryAdvice {
  private TransactionRetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object proxy, @Advice.Argument(1) Method method) {
    return TransactionRetryCapture.enter(proxy, method);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.Argument(0) Object proxy,
      @Advice.Argument(1) Method method,
      @Advice.Enter @Nullable Object begun,
      @Advice.Thrown @Nullable Throwable thrown) {
    return TransactionRetryCapture.exit(proxy, method, begun, thrown);
  }
}
