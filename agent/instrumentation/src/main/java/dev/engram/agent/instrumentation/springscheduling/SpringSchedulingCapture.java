package dev.engram.agent.instrumentation.springscheduling;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.workflow.WorkflowRun;
import dev.engram.agent.record.ExceptionOrigin;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Remembers runs of scheduled methods, and what a method of the application has thrown, with the
 * method as its site.
 */
final class SpringSchedulingCapture {
  private SpringSchedulingCapture() {}

  /** A run is named by its method: there is no name for the schedule. */
  static @Nullable Object begins(Method method) {
    WorkflowRun run = WorkflowRun.open("spring-scheduling", name(method), null);
    return run == null ? null : run.enter();
  }

  /**
   * @param run as it was begun; null when none was
   */
  static void ended(@Nullable Object run, Method method, @Nullable Throwable thrown) {
    if (run == null) {
      if (thrown != null) {
        escaped(thrown, method);
      }
    } else if (thrown == null) {
      ((WorkflowRun) run).end();
    } else {
      ((WorkflowRun) run).fail(unwrapped(thrown), site(method));
    }
  }

  private static void escaped(Throwable thrown, Method method) {
    Tracing.exception(unwrapped(thrown), ExceptionOrigin.ESCAPED, site(method));
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

  private static String site(Method method) {
    return method.getDeclaringClass().getName() + "#" + method.getName();
  }

  private static String name(Method method) {
    String type = method.getDeclaringClass().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
  }
}
