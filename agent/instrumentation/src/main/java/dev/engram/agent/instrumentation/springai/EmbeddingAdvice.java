package dev.engram.agent.instrumentation.springai;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around one call of an embedding model. */
public final class EmbeddingAdvice {
  private EmbeddingAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object model, @Advice.Argument(0) @Nullable Object request) {
    return EmbeddingCapture.enter(model, request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object opened,
      @Advice.This Object model,
      @Advice.Return @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (opened != null) {
      EmbeddingCapture.exit(opened, model, response, thrown);
    }
  }
}
