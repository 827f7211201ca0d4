package dev.engram.agent.instrumentation.jdkhttpclient;

import java.net.http.HttpClient;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After the constructor of a response, whose status and headers are read. */
public final class ResponseAdvice {
  private ResponseAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Argument(1) @Nullable Object exchange,
      @Advice.Argument(4) int status,
      @Advice.Argument(5) HttpClient.@Nullable Version version) {
    if (exchange != null) {
      JdkHttpClientCapture.answered(exchange, status, version);
    }
  }
}
