package dev.engram.agent.instrumentation.springscheduling;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Remembers what a method of the application has thrown, with the method as its site. */
final class SpringSchedulingCapture {
  private SpringSchedulingCapture() {}

  static void escaped(Throwable thrown, Method method) {
    Tracing.exception(
        unwrapped(thrown),
        ExceptionOrigin.ESCAPED,
        method.getDeclaringClass().getName() + "#" + method.getName());
  }

  /** A future keeps its exception for whoever asks. */
  static void asynchronous(Throwable thrown, Method method) {
    if (!Future.class.isAssignableFrom(method.getReturnType())) {
      escaped(thrown, method);
    }
  }

  private static Throwable unwrapped(Throwable thrown) {
    @Nullable Throwable cause =
        thrown instanceof UndeclaredThrowableException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
