package dev.engram.agent.instrumentation.mongodb;

import com.mongodb.event.CommandListener;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a client has asked which listener its commands are told to. */
public final class ListenerAdvice {
  private ListenerAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static CommandListener exit(@Advice.Return @Nullable CommandListener listener) {
    return new CommandEnd(listener);
  }
}
