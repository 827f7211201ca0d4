package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.ObjIntConsumer;

/**
 * The one class of the agent that every class loader can see: instrumented methods link their
 * advice through it. It has no nested class and no lambda, since each would have to be defined too.
 * Its presence also tells a second copy of the agent that it is not the first. Thread-safe.
 */
public final class EngramDispatch {
  private static volatile MethodHandle linker;
  private static volatile ObjIntConsumer<Throwable> throwables;

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

  /**
   * Sets what is told of each throwable that is constructed, with the depth of its stack, or
   * printed, with -1; null for nothing.
   */
  public static void tell(ObjIntConsumer<Throwable> consumer) {
    throwables = consumer;
  }

  /**
   * Called by Throwable's constructors, which cannot use invokedynamic: linking may throw.
   *
   * @param depth how many frames its stack has; 0 where it has none
   */
  static void constructed(Throwable thrown, int depth) {
    accept(thrown, depth);
  }

  /** Called by Throwable's printStackTrace. */
  static void printed(Throwable thrown) {
    accept(thrown, -1);
  }

  private static void accept(Throwable thrown, int depth) {
    ObjIntConsumer<Throwable> told = throwables;
    if (told != null) {
      try {
        told.accept(thrown, depth);
      } catch (Throwable ours) {
        // What the application is about to throw or print matters more.
      }
    }
  }
}
