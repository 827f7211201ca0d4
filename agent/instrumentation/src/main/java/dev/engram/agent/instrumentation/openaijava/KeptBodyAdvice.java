package dev.engram.agent.instrumentation.openaijava;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After the client has put the body behind another, which the attempts share. */
public final class KeptBodyAdvice {
  private KeptBodyAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Argument(0) Object request, @Advice.Return @Nullable Object attempted)
      throws Throwable {
    if (attempted != null) {
      OpenAiCapture.kept(request, attempted);
    }
  }
}
