package dev.engram.agent.instrumentation.jdkhttpclient;

import java.net.http.HttpHeaders;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * After the client asked a request for the headers to send, over HTTP/1.1 or HTTP/2. The
 * application asks by another method and sees its own alone.
 */
public final class HeadersAdvice {
  private HeadersAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static @Nullable HttpHeaders exit(
      @Advice.This Object request, @Advice.Return @Nullable HttpHeaders headers) {
    return headers == null ? null : JdkHttpClientCapture.headers(request, headers);
  }
}
