package dev.engram.agent.instrumentation.langchain4j;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around a retrieval, or the search of a store of embeddings. */
public final class RetrievalAdvice {
  private RetrievalAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) @Nullable Object asked) {
    return asked == null ? null : RetrievalCapture.enter(asked);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object retrieval,
      @Advice.Origin Class<?> retriever,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object found,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (retrieval != null) {
      RetrievalCapture.exit(retrieval, retriever, found, thrown);
    }
  }
}
