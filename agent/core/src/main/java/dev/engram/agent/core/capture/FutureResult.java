package dev.engram.agent.core.capture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Looks into what a {@code CompletableFuture} of the JDK holds as its result. Here, because the
 * JDK's packages are open to this class's loader alone. Thread-safe; allocates nothing.
 */
public final class FutureResult {
  private static final String FAILED = "java.util.concurrent.CompletableFuture$AltResult";

  private static final @Nullable Class<?> TYPE = findType();
  private static final @Nullable MethodHandle EXCEPTION = findException();

  private FutureResult() {}

  /** The exception that is the result, or null when the result is a value. */
  public static @Nullable Throwable exceptionIn(@Nullable Object result) {
    if (result == null || result.getClass() != TYPE || EXCEPTION == null) {
      return null;
    }
    try {
      return (Throwable) EXCEPTION.invokeExact(result);
    } catch (Throwable unknown) {
      return null;
    }
  }

  private static @Nullable Class<?> findType() {
    try {
      return Class.forName(FAILED, false, null);
    } catch (ClassNotFoundException changed) {
      return null;
    }
  }

  private static @Nullable MethodHandle findException() {
    try {
      return TYPE == null
          ? null
          : MethodHandles.privateLookupIn(TYPE, MethodHandles.lookup())
              .findGetter(TYPE, "ex", Throwable.class)
              .asType(MethodType.methodType(Throwable.class, Object.class));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
