package dev.engram.agent.instrumentation.langchain4jagentic;

import dev.langchain4j.agentic.planner.Action;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a system has chosen which of its agents works next. */
public final class PlanAdvice {
  private PlanAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return @Nullable Action chosen) {
    if (chosen != null) {
      AgenticCapture.planned(chosen);
    }
  }
}
