package dev.engram.agent.instrumentation.jettysecurity;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Finds what the Jetty beside it has. */
final class JettyTypes {
  private JettyTypes() {}

  static Class<?> type(String name) {
    try {
      return Class.forName(name, false, JettyTypes.class.getClassLoader());
    } catch (ClassNotFoundException unknown) {
      throw new ExceptionInInitializerError(unknown);
    }
  }

  static MethodHandle method(Class<?> type, String name, MethodType shape) {
    try {
      return MethodHandles.publicLookup().findVirtual(type, name, shape);
    } catch (ReflectiveOperationException unknown) {
      throw new ExceptionInInitializerError(unknown);
    }
  }
}
