package dev.engram.agent.core.bootstrap;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Keeps what JDK 24 and later say about {@code sun.misc.Unsafe} and native access, when the agent's
 * libraries use them, off the application's console. Used once, after {@link ModuleAccess}.
 */
final class JdkWarnings {
  private JdkWarnings() {}

  static void silence(Module agent) {
    markUnsafeWarningGiven();
    allowNativeAccess(agent);
  }

  private static void markUnsafeWarningGiven() {
    try {
      Field warned = Class.forName("sun.misc.Unsafe").getDeclaredField("memoryAccessWarned");
      warned.setAccessible(true);
      warned.setBoolean(null, true);
    } catch (ReflectiveOperationException | RuntimeException thisJdkDoesNotWarn) {
      // Nothing to silence.
    }
  }

  private static void allowNativeAccess(Module agent) {
    try {
      Method allow = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
      allow.setAccessible(true);
      allow.invoke(agent);
    } catch (ReflectiveOperationException | RuntimeException thisJdkDoesNotWarn) {
      // Nothing to silence.
    }
  }
}
