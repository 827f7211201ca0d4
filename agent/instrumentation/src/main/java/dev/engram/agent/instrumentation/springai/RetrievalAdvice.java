package dev.engram.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one search of a vector store. */
public final class RetrievalAdvice {
  private RetrievalAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object request) {
    return RetrievalCapture.enter(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object opened,
      @Advice.This Object store,
      @Advice.Return @Nullable Object found,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (opened != null) {
      RetrievalCapture.exit(opened, store, found, thrown);
    }
  }
}
