package dev.engram.agent.instrumentation.javalin;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.http.ServedRequest;
import dev.engram.agent.core.http.ServerExchange;
import dev.engram.agent.core.http.ServerResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Tells the span of a request what Javalin knows, through the servlet request that carries it. */
final class JavalinCapture {
  private static final MethodHandle PATH = reader("getPath", "path", String.class);
  private static final MethodHandle METHOD = reader("getMethod", "method", HandlerType.class);

  private JavalinCapture() {}

  /** Handlers before and after the one that was asked for match too; their paths are no routes. */
  static void matched(Object context, Object endpoint) throws Throwable {
    OpenSpan span = span((Context) context);
    if (span != null && ((HandlerType) METHOD.invoke(endpoint)).isHttpMethod()) {
      String path = (String) PATH.invoke(endpoint);
      String route = ServedRequest.route(List.of(((Context) context).contextPath(), path));
      ServerResponse.matched(span, ((Context) context).req().getMethod(), route);
    }
  }

  static void caught(Object context, Throwable thrown) {
    OpenSpan span = span((Context) context);
    if (span != null) {
      span.met(unwrapped(thrown));
    }
  }

  private static @Nullable OpenSpan span(Context context) {
    return ServedRequest.span(context.req().getAttribute(ServerExchange.ATTRIBUTE));
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }

  /** What Javalin 6 tells by a method is a field in Javalin 7. */
  private static MethodHandle reader(String getter, String field, Class<?> type) {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    try {
      return lookup.findVirtual(Endpoint.class, getter, MethodType.methodType(type));
    } catch (ReflectiveOperationException newer) {
      return field(lookup, field, type);
    }
  }

  private static MethodHandle field(MethodHandles.Lookup lookup, String field, Class<?> type) {
    try {
      return lookup.findGetter(Endpoint.class, field, type);
    } catch (ReflectiveOperationException unknown) {
      throw new ExceptionInInitializerError(unknown);
    }
  }
}
