package dev.engram.agent.instrumentation.methods;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After a method whose arguments are kept when it throws. When it returns nothing is kept, but the
 * call has its price: ByteBuddy puts all arguments into an array, primitive ones boxed, before it
 * calls this.
 */
public final class ArgumentsAdvice {
  private ArgumentsAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m#s") String signature,
      @Advice.AllArguments @Nullable Object[] arguments,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null) {
      MethodsCapture.threw(type, signature, arguments, thrown);
    }
  }
}
