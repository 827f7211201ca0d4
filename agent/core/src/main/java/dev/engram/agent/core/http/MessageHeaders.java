package dev.engram.agent.core.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of the JDK's {@code HttpURLConnection}, whose type only the agent's own module
 * may use. Here and not beside its instrumentation, whose classes live in other modules.
 */
public final class MessageHeaders {
  private static final MethodHandle FIND = find("findValue", String.class, String.class);
  private static final MethodHandle SET = find("set", void.class, String.class, String.class);
  private static final MethodHandle AT = find("getValue", String.class, int.class);

  private MessageHeaders() {}

  /** The value of a header, or null. */
  public static @Nullable String value(Object headers, String name) throws Throwable {
    return (String) FIND.invoke(headers, name);
  }

  public static void set(Object headers, String name, String value) throws Throwable {
    SET.invoke(headers, name, value);
  }

  /** The line that a response begins with, or null when nothing was read. */
  public static @Nullable String firstLine(Object headers) throws Throwable {
    return (String) AT.invoke(headers, 0);
  }

  private static MethodHandle find(String name, Class<?> result, Class<?>... arguments) {
    try {
      Lookup lookup = MethodHandles.lookup();
      Class<?> headers = Class.forName("sun.net.www.MessageHeader");
      return lookup.findVirtual(headers, name, MethodType.methodType(result, arguments));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
