package dev.engram.agent.instrumentation.connectionretry;

import dev.engram.agent.core.remedy.Healing;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code DataSource.getConnection()}; its exit says whether the source is asked again. */
public final class ConnectionRetryAdvice {
  private ConnectionRetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object source) {
    return Healing.begin(source.getClass());
  }

  @Advice.OnMethodExit(
      inline = false,
      suppress = Throwable.class,
      onThrowable = Throwable.class,
      repeatOn = Advice.OnNonDefaultValue.class)
  public static boolean exit(
      @Advice.This Object source,
      @Advice.Enter @Nullable Object begun,
      @Advice.Thrown @Nullable Throwable thrown) {
    return ConnectionRetryCapture.exit(source, begun, thrown);
  }
}
