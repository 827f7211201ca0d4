package dev.engram.agent.instrumentation.recall;

import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** In {@code Engram.answer}, which is given a list to fill. */
public final class AnswerAdvice {
  private AnswerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable Object question,
      @Advice.Argument(1) @Nullable List<Object> found) {
    AnswerCapture.asked(question, found);
  }
}
