package dev.engram.agent.core.remedy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Whether Spring has a transaction open on this thread. Thread-safe; no method throws. */
public final class OpenTransaction {
  private static final String SPRING =
      "org.springframework.transaction.support.TransactionSynchronizationManager";
  private static final MethodHandle NEVER = MethodHandles.constant(boolean.class, false);

  /** Kept by the application's own classes, so that no loader is kept by us. */
  private static final ClassValue<MethodHandle> QUESTION =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return question(type.getClassLoader());
        }
      };

  private OpenTransaction() {}

  /** Asks the Spring that this class sees; for one of the JVM's own, that of the thread. */
  public static boolean isAround(Class<?> type) {
    try {
      ClassLoader loader = type.getClassLoader();
      return loader == null || loader == ClassLoader.getPlatformClassLoader()
          ? (boolean) question(Thread.currentThread().getContextClassLoader()).invokeExact()
          : (boolean) QUESTION.get(type).invokeExact();
    } catch (Throwable unknown) {
      // What cannot be asked may be open.
      return true;
    }
  }

  private static MethodHandle question(@Nullable ClassLoader loader) {
    if (loader == null) {
      return NEVER;
    }
    try {
      Class<?> manager = Class.forName(SPRING, false, loader);
      return MethodHandles.publicLookup()
          .findStatic(manager, "isActualTransactionActive", MethodType.methodType(boolean.class));
    } catch (ClassNotFoundException withoutSpring) {
      return NEVER;
    } catch (ReflectiveOperationException | LinkageError other) {
      return MethodHandles.constant(boolean.class, true);
    }
  }
}
