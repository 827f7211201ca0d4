package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After the constructor of a worker, whose first task passes through no queue. */
public final class FirstTaskAdvice {
  private FirstTaskAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object worker, @Advice.Argument(1) @Nullable Object firstTask) {
    if (firstTask != null) {
      Handover.pass(firstTask, worker);
    }
  }
}
