package dev.engram.agent.instrumentation.jakartabody;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After Tomcat's input buffer was filled, for whichever way it is read. */
public final class JakartaTomcatReadAdvice {
  private JakartaTomcatReadAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("coyoteRequest") @Nullable Object request,
      @Advice.FieldValue("bb") @Nullable ByteBuffer bytes,
      @Advice.Return int count) {
    if (count > 0) {
      JakartaTomcatBody.filled(request, bytes);
    }
  }
}
