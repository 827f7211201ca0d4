package dev.engram.agent.core.capture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a throwable without running a line of the application: an overridden {@code
 * getMessage} may wait for a lock, query a database or never return, and nobody but us may ask for
 * it at that place. So {@link Throwable}'s own methods are called, whatever overrides them; only
 * the JDK's own classes answer for themselves. Thread-safe; no method throws.
 */
public final class Thrown {
  private static final Module BASE = Object.class.getModule();
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  /** The one class of the JDK's base whose message is made of what another one says. */
  private static final String QUOTING = "java.io.WriteAbortedException";

  private static final MethodHandle MESSAGE = ownMethod("getMessage", String.class);
  private static final MethodHandle CAUSE = ownMethod("getCause", Throwable.class);
  private static final MethodHandle FRAMES = ownMethod("getStackTrace", StackTraceElement[].class);

  private Thrown() {}

  /**
   * The message that it was made with; null when there is none, or a class of the application makes
   * it up only when it is asked.
   */
  public static @Nullable String message(Throwable thrown) {
    try {
      return makesItsMessage(thrown.getClass())
          ? thrown.getMessage()
          : (String) MESSAGE.invokeExact(thrown);
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /** The cause that it was made with, or null. */
  public static @Nullable Throwable cause(Throwable thrown) {
    try {
      return isOfTheJdk(thrown.getClass())
          ? thrown.getCause()
          : (Throwable) CAUSE.invokeExact(thrown);
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /** Where it was made, innermost first; empty where it was made without. */
  public static StackTraceElement[] frames(Throwable thrown) {
    try {
      return (StackTraceElement[]) FRAMES.invokeExact(thrown);
    } catch (Throwable unreadable) {
      return new StackTraceElement[0];
    }
  }

  /** Its type and message in one line, for the log. */
  public static String text(Throwable thrown) {
    String message = message(thrown);
    String type = thrown.getClass().getName();
    return message == null ? type : type + ": " + message;
  }

  /** Its type and where it was made, for the log. */
  public static String place(Throwable thrown) {
    StackTraceElement[] frames = frames(thrown);
    String type = thrown.getClass().getName();
    return frames.length == 0 ? type : type + " at " + frames[0];
  }

  private static boolean makesItsMessage(Class<?> type) {
    return type.getModule() == BASE && !type.getName().equals(QUOTING);
  }

  /** Whether the class came with the JVM. */
  public static boolean isOfTheJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == PLATFORM;
  }

  /** As {@code super.method()} would call it; {@code java.lang} is open to the agent. */
  private static MethodHandle ownMethod(String name, Class<?> result) {
    try {
      Lookup lookup = MethodHandles.privateLookupIn(Throwable.class, MethodHandles.lookup());
      return lookup.findSpecial(
          Throwable.class, name, MethodType.methodType(result), Throwable.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
