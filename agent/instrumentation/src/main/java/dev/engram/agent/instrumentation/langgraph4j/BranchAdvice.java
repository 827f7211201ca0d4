package dev.engram.agent.instrumentation.langgraph4j;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the action of one branch of several. */
public final class BranchAdvice {
  private BranchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object action, @Advice.Argument(1) Object state) {
    return LangGraph4jCapture.branchBegins(action, state);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object branch,
      @Advice.Return @Nullable CompletableFuture<?> update,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (branch != null) {
      LangGraph4jCapture.branchReturned(branch, update, thrown);
    }
  }
}
