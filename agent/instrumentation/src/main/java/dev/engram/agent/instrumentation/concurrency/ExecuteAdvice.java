package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ThreadPoolExecutor.execute}. */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object task) {
    if (task != null) {
      Handover.give(task);
    }
    return task;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object task, @Advice.Thrown @Nullable Throwable refused) {
    if (task != null && refused != null) {
      Handover.takeBack(task);
    }
  }
}
