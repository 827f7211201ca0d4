package dev.engram.agent.instrumentation.idempotent;

import dev.engram.agent.core.remedy.Healing;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around an idempotent method that is a node of a workflow; as {@link IdempotentAdvice}. */
public final class NodeAdvice {
  private NodeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Origin Class<?> type) {
    return Healing.begin(type);
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m") String method,
      @Advice.Enter @Nullable Object begun,
      @Advice.Thrown @Nullable Throwable thrown) {
    return IdempotentCapture.exitNode(type, method, begun, thrown);
  }
}
