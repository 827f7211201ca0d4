package dev.engram.agent.instrumentation.jakartabody;

import java.util.Collection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a container has handed out the parts of a request. */
public final class JakartaPartsAdvice {
  private JakartaPartsAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object request, @Advice.Return @Nullable Collection<?> parts) {
    if (parts != null) {
      JakartaBodyCapture.parts(request, parts);
    }
  }
}
