package dev.engram.agent.instrumentation.googleadk;

import io.reactivex.rxjava3.core.Maybe;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the call of a tool, which may go on after the method has returned. */
public final class ToolAdvice {
  private ToolAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable Object tool,
      @Advice.Argument(1) @Nullable Map<?, ?> arguments,
      @Advice.Argument(2) @Nullable Object context) {
    return ToolCapture.enter(tool, arguments, context);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Maybe<?> exit(
      @Advice.Enter @Nullable Object opened,
      @Advice.Return @Nullable Maybe<?> result,
      @Advice.Thrown @Nullable Throwable thrown) {
    return opened == null ? null : ToolCapture.exit(opened, result, thrown);
  }
}
