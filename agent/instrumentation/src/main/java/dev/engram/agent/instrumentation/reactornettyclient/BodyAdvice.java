package dev.engram.agent.instrumentation.reactornettyclient;

import io.netty.buffer.ByteBuf;
import net.bytebuddy.asm.Advice;
import reactor.netty.Connection;

/** Before the whole body of a request is put behind its head, and both are sent. */
public final class BodyAdvice {
  private BodyAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object operations, @Advice.Argument(0) Object body) {
    ReactorNettyClientCapture.sends((Connection) operations, (ByteBuf) body);
  }
}
