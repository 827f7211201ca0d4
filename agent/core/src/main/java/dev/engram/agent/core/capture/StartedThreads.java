package dev.engram.agent.core.capture;

import dev.engram.agent.core.attach.Attachments;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The spans that platform threads were started in: what such a thread does belongs to that span,
 * but for threads that serve everybody. Those of pools and libraries are told by their names; any
 * other that lives on is let go a minute after its request's end. Thread-safe, without locks.
 */
final class StartedThreads {
  private static final Attachments<OpenSpan> SPANS = new Attachments<>();

  /** Whose threads are workers. */
  private static final String[] WORKERS = {
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "akka.",
    "com.datastax.",
    "com.mongodb.",
    "com.mysql.",
    "com.rabbitmq.",
    "com.zaxxer.",
    "dev.engram.",
    "io.grpc.",
    "io.lettuce.",
    "io.micrometer.",
    "io.netty.",
    "io.reactivex.",
    "io.undertow.",
    "io.vertx.",
    "kotlinx.",
    "okhttp3.",
    "org.apache.",
    "org.eclipse.jetty.",
    "org.h2.",
    "org.jboss.",
    "org.mariadb.",
    "org.postgresql.",
    "org.quartz.",
    "org.xnio.",
    "reactor.",
    "redis.",
    "scala.",
  };

  /** What of the JDK runs once. */
  private static final String[] TASKS = {
    "java.util.concurrent.CompletableFuture$",
    "java.util.concurrent.FutureTask",
    "java.util.concurrent.ThreadPerTaskExecutor$",
  };

  private static final @Nullable MethodHandle TARGET = findTarget();

  private StartedThreads() {}

  /** Before a thread starts, on the thread that starts it. */
  static void starting(Thread thread, OpenSpan span) {
    if (!isWorker(thread)) {
      SPANS.put(thread, span);
    }
  }

  /** The span a thread was started in, or null. */
  static @Nullable OpenSpan spanOf(Thread thread) {
    OpenSpan span = SPANS.get(thread);
    return span != null && span.isHandedOn() ? span : null;
  }

  /** The thread turned out to be a worker. */
  static void forget(Thread thread) {
    SPANS.remove(thread);
  }

  private static boolean isWorker(Thread thread) {
    Class<?> type = thread.getClass();
    Object target = target(thread);
    return (type != Thread.class && isWorker(type.getName()))
        || (target != null && isWorker(target.getClass().getName()));
  }

  private static boolean isWorker(String name) {
    return beginsWithAny(name, WORKERS) && !beginsWithAny(name, TASKS);
  }

  private static boolean beginsWithAny(String name, String[] prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object target(Thread thread) {
    try {
      return TARGET == null ? null : (Object) TARGET.invokeExact(thread);
    } catch (Throwable unknown) {
      return null;
    }
  }

  /** JDK 21 moved the field. */
  private static @Nullable MethodHandle findTarget() {
    try {
      MethodHandles.Lookup thread =
          MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      MethodType type = MethodType.methodType(Object.class, Thread.class);
      return (Runtime.version().feature() < 19 ? before19(thread) : since19(thread)).asType(type);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }

  private static MethodHandle before19(MethodHandles.Lookup thread)
      throws ReflectiveOperationException {
    return thread.findGetter(Thread.class, "target", Runnable.class);
  }

  private static MethodHandle since19(MethodHandles.Lookup thread)
      throws ReflectiveOperationException {
    Class<?> holder = Class.forName("java.lang.Thread$FieldHolder", false, null);
    MethodHandle task =
        MethodHandles.privateLookupIn(holder, thread).findGetter(holder, "task", Runnable.class);
    return MethodHandles.filterReturnValue(thread.findGetter(Thread.class, "holder", holder), task);
  }
}
