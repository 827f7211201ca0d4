package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the life of a worker of a {@code ThreadPoolExecutor}, on its thread. */
public final class WorkerAdvice {
  private WorkerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter(@Advice.Argument(0) Object worker) {
    Handover.work();
    Handover.enter(worker);
    return worker;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object worker, @Advice.Thrown @Nullable Throwable thrown) {
    if (worker != null) {
      WorkerCapture.ended(thrown);
    }
  }
}
