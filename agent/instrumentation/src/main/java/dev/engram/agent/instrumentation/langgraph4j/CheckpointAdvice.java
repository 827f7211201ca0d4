package dev.engram.agent.instrumentation.langgraph4j;

import java.util.Optional;
import net.bytebuddy.asm.Advice;
import org.bsc.langgraph4j.checkpoint.Checkpoint;

/** After a checkpoint was saved, inside the step that it is of. */
public final class CheckpointAdvice {
  private CheckpointAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return Optional<Checkpoint> checkpoint) {
    if (checkpoint.isPresent()) {
      LangGraph4jCapture.saved(checkpoint.get().getId());
    }
  }
}
