package dev.engram.agent.instrumentation.feedback;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before {@code Engram.feedback}. */
public final class FeedbackAdvice {
  private FeedbackAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) @Nullable Object feedback) {
    FeedbackCapture.given(feedback);
  }
}
