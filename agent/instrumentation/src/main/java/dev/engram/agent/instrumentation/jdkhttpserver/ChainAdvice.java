package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After each step through the filters to the handler: the server itself swallows what they throw.
 */
public final class ChainAdvice {
  private ChainAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Thrown @Nullable Throwable thrown) {
    JdkHttpServerCapture.stepped(thrown);
  }
}
