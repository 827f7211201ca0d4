package dev.engram.agent.core.remedy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Whether Spring has a transaction open on this thread. Thread-safe; no method throws. */
public final class OpenTransaction {
  private static final String SPRING =
      "org.springframework.transaction.support.TransactionSynchronizationManager";
  private static final MethodHandle NEVER = MethodHandles.constant(boolean.class, false);
  private static final MethodHandle ALWAYS = MethodHandles.constant(boolean.class, true);

  /** Kept by the application's own classes, so that no loader is kept by us. */
  private static final ClassValue<MethodHandle> SEEN_BY =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return question(type.getClassLoader());
        }
      };

  /** The same by Spring's own class. */
  private static final ClassValue<MethodHandle> OF_MANAGER =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return ofManager(type);
        }
      };

  /** A power of two. */
  private static final int PLACES = 16;

  /** By identity: a table would ask the application's loaders for their hash. */
  private static final AtomicReferenceArray<@Nullable Sight> SIGHTS =
      new AtomicReferenceArray<>(PLACES);

  private static final AtomicInteger NEXT = new AtomicInteger();

  private OpenTransaction() {}

  /** Asks the Spring that this class sees, and the one of the thread's context. */
  public static boolean isAround(Class<?> type) {
    try {
      if ((boolean) SEEN_BY.get(type).invokeExact()) {
        return true;
      }
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      return context != null
          && context != type.getClassLoader()
          && (boolean) inContext(context).invokeExact();
    } catch (Throwable unknown) {
      // What cannot be asked may be open.
      return true;
    }
  }

  private static MethodHandle inContext(ClassLoader context) {
    for (int i = 0; i < PLACES; i++) {
      Sight sight = SIGHTS.get(i);
      if (sight != null && sight.loader.refersTo(context)) {
        Class<?> manager = sight.manager.get();
        return manager == null ? NEVER : OF_MANAGER.get(manager);
      }
    }
    Class<?> manager = manager(context);
    Sight sight = new Sight(new WeakReference<>(context), new WeakReference<>(manager));
    SIGHTS.set(NEXT.getAndIncrement() & (PLACES - 1), sight);
    return manager == null ? NEVER : OF_MANAGER.get(manager);
  }

  /** What a loader sees: Spring's class, or nothing. */
  private record Sight(
      WeakReference<ClassLoader> loader, WeakReference<@Nullable Class<?>> manager) {}

  /** The JVM's own classes see no Spring. */
  private static MethodHandle question(@Nullable ClassLoader loader) {
    Class<?> manager = loader == null ? null : manager(loader);
    return manager == null ? NEVER : ofManager(manager);
  }

  private static @Nullable Class<?> manager(ClassLoader loader) {
    try {
      return Class.forName(SPRING, false, loader);
    } catch (ClassNotFoundException withoutSpring) {
      return null;
    }
  }

  private static MethodHandle ofManager(Class<?> manager) {
    try {
      return MethodHandles.publicLookup()
          .findStatic(manager, "isActualTransactionActive", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException | LinkageError other) {
      return ALWAYS;
    }
  }
}
