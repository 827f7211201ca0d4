package dev.engram.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a response's headers were read; the first argument holds them, the last the connection. */
public final class ResponseAdvice {
  private ResponseAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.AllArguments Object[] arguments, @Advice.Thrown @Nullable Throwable thrown)
      throws Throwable {
    HttpUrlConnectionCapture.answered(arguments[0], arguments[arguments.length - 1], thrown);
  }
}
