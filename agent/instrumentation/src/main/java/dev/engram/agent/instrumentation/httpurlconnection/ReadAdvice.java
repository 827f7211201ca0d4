package dev.engram.agent.instrumentation.httpurlconnection;

import java.io.InputStream;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After the connection gave out the body of its response, or refused to: none is given then. */
public final class ReadAdvice {
  private ReadAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable InputStream exit(
      @Advice.This Object connection,
      @Advice.FieldValue("responses") @Nullable Object headers,
      @Advice.Return @Nullable InputStream body)
      throws Throwable {
    return HttpUrlConnectionCapture.read(connection, headers, body);
  }
}
