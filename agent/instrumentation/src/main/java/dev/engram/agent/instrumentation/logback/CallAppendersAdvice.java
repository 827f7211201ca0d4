package dev.engram.agent.instrumentation.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.bytebuddy.asm.Advice;

/** Before {@code Logger.callAppenders}. */
public final class CallAppendersAdvice {
  private CallAppendersAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) ILoggingEvent event) {
    LogbackCapture.logged(event);
  }
}
