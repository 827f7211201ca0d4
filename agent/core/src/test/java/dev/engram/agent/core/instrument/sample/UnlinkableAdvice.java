package dev.engram.agent.core.instrument.sample;

import dev.engram.agent.core.instrument.Calls;
import net.bytebuddy.asm.Advice;

/** Cannot be initialised. */
public final class UnlinkableAdvice {
  private static final String MISSING = missing();

  private UnlinkableAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter() {
    Calls.add(MISSING);
    return null;
  }

  private static String missing() {
    throw new NoClassDefFoundError("com/acme/Missing");
  }
}
