package dev.engram.agent.instrumentation.mongodb;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before listeners are told that a command is sent. */
public final class StartAdvice {
  private StartAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(1) @Nullable String database,
      @Advice.Argument(2) String name,
      @Advice.Argument(3) Object command,
      @Advice.Argument(4) Object connection) {
    MongoDbCapture.started(database, name, command, connection);
  }
}
