package dev.engram.agent.instrumentation.langchain4j;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a call of an embedding model. */
public final class EmbeddingAdvice {
  private EmbeddingAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object model,
      @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) @Nullable Object asked) {
    return asked == null ? null : EmbeddingCapture.enter(model, asked);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object call,
      @Advice.This Object model,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (call != null) {
      EmbeddingCapture.exit(call, model, response, thrown);
    }
  }
}
