package dev.engram.agent.instrumentation.vertx;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before a connection is done with a request: its response is complete, or there will be none. */
public final class EndAdvice {
  private EndAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.FieldValue("responseInProgress") @Nullable Object request) {
    RoutedRequests.ended(request);
  }
}
