package dev.engram.agent.instrumentation.googleadk;

import io.reactivex.rxjava3.core.Flowable;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After an agent has promised its events; it works when somebody subscribes to them. */
public final class AgentAdvice {
  private AgentAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable Flowable<?> exit(
      @Advice.This Object agent,
      @Advice.Argument(0) @Nullable Object context,
      @Advice.Return @Nullable Flowable<?> events) {
    return events == null ? null : AgentCapture.watched(agent, context, events);
  }
}
