package dev.engram.agent.core.context;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * The trace that OpenTelemetry's agent is in on this thread, where that agent runs beside this one.
 * Its classes are where the bootstrap loader finds them, under names of their own. Thread-safe.
 */
public final class OpenTelemetryAgent {
  private static final String API = "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.trace.";

  private static final String ANY_SPAN = "-0000000000000001-";

  /** Looked up with the first trace, which no agent of the command line comes after. */
  private static final @Nullable OpenTelemetryAgent PRESENT = find();

  private final MethodHandle current;
  private final MethodHandle traceId;
  private final MethodHandle isSampled;

  private OpenTelemetryAgent(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
    Class<?> span = Class.forName(API + "Span", false, null);
    Class<?> context = Class.forName(API + "SpanContext", false, null);
    MethodHandle contextOf = lookup.findVirtual(span, "getSpanContext", methodType(context));
    this.current =
        MethodHandles.filterReturnValue(
                lookup.findStatic(span, "current", methodType(span)), contextOf)
            .asType(methodType(Object.class));
    this.traceId =
        lookup
            .findVirtual(context, "getTraceId", methodType(String.class))
            .asType(methodType(String.class, Object.class));
    this.isSampled =
        lookup
            .findVirtual(context, "isSampled", methodType(boolean.class))
            .asType(methodType(boolean.class, Object.class));
  }

  /**
   * Its current trace on this thread, without the span, which nobody here has remembered; null
   * where there is none. Never throws.
   */
  public static @Nullable Traceparent current() {
    OpenTelemetryAgent agent = PRESENT;
    if (agent == null) {
      return null;
    }
    try {
      Object context = (Object) agent.current.invokeExact();
      String trace = (String) agent.traceId.invokeExact(context);
      String flags = (boolean) agent.isSampled.invokeExact(context) ? "01" : "00";
      Traceparent known = Traceparent.parse("00-" + trace + ANY_SPAN + flags);
      return known == null ? null : known.of(0);
    } catch (Throwable unknownVersion) {
      return null;
    }
  }

  private static @Nullable OpenTelemetryAgent find() {
    try {
      return new OpenTelemetryAgent(MethodHandles.publicLookup());
    } catch (ReflectiveOperationException | LinkageError | RuntimeException absent) {
      return null;
    }
  }
}
