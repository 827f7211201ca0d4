package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The one class of the agent that every class loader can see: instrumented methods link their
 * advice through it. It has no nested class and no lambda, since each would have to be defined too.
 * Its presence also tells a second copy of the agent that it is not the first. Thread-safe.
 */
public final class EngramDispatch {
  private static volatile MethodHandle linker;

  private EngramDispatch() {}

  /**
   * Sets, once per JVM, what links call sites.
   *
   * @param handle takes (Lookup, String, MethodType, Object[]) and returns a CallSite
   */
  public static synchronized void install(MethodHandle handle) {
    if (linker != null) {
      throw new IllegalStateException("the linker is already set");
    }
    linker = handle;
  }

  /** The bootstrap method. Never throws: what cannot be linked does nothing. */
  public static CallSite bootstrap(
      MethodHandles.Lookup caller, String name, MethodType type, Object... arguments) {
    try {
      return (CallSite) linker.invokeExact(caller, name, type, arguments);
    } catch (Throwable unlinked) {
      return new ConstantCallSite(MethodHandles.empty(type));
    }
  }
}
