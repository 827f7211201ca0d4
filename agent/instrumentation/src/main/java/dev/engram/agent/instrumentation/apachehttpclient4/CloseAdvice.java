package dev.engram.agent.instrumentation.apachehttpclient4;

import net.bytebuddy.asm.Advice;
import org.apache.http.HttpResponse;

/** Before a response is closed, whose body may not have been read. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object response) {
    ModelQuestion.closed((HttpResponse) response);
  }
}
