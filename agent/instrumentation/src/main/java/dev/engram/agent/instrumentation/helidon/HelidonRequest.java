package dev.engram.agent.instrumentation.helidon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Helidon's requests and responses say, without its types at compile time. Thread-safe. */
final class HelidonRequest {
  private static final Class<?> REQUEST = type("webserver.http.ServerRequest");
  private static final Class<?> RESPONSE = type("webserver.http.ServerResponse");
  private static final Class<?> STATUS_TYPE = type("http.Status");
  private static final Class<?> HEADERS = type("http.Headers");
  private static final Class<?> HEADER_NAME = type("http.HeaderName");

  private static final MethodHandle METHOD = chain(REQUEST, "prologue", "method", "text");
  private static final MethodHandle PATH = chain(REQUEST, "prologue", "uriPath", "rawPath");
  private static final MethodHandle QUERY = chain(REQUEST, "prologue", "query", "rawValue");
  private static final MethodHandle VERSION = chain(REQUEST, "prologue", "protocolVersion");
  private static final MethodHandle IS_SECURE = chain(REQUEST, "isSecure");
  private static final MethodHandle CLIENT = chain(REQUEST, "remotePeer", "address");
  private static final MethodHandle ROUTE = route();
  private static final MethodHandle REQUEST_HEADER = header(REQUEST);
  private static final MethodHandle RESPONSE_HEADER = header(RESPONSE);
  private static final MethodHandle NAME = name();
  private static final MethodHandle STATUS = chain(RESPONSE, "status", "code");
  private static final MethodHandle CODE = chain(STATUS_TYPE, "code");
  private static final MethodHandle IS_SENT = chain(RESPONSE, "isSent");
  private static final MethodHandle BYTES_WRITTEN = chain(RESPONSE, "bytesWritten");

  private HelidonRequest() {}

  static String method(Object request) throws Throwable {
    return (String) METHOD.invoke(request);
  }

  static String path(Object request) throws Throwable {
    return (String) PATH.invoke(request);
  }

  /** Null when there is none. */
  static @Nullable String query(Object request) throws Throwable {
    String query = (String) QUERY.invoke(request);
    return query == null || query.isEmpty() ? null : query;
  }

  /** Of HTTP, such as {@code 1.1} and {@code 2.0}. */
  static String version(Object request) throws Throwable {
    return (String) VERSION.invoke(request);
  }

  static boolean isSecure(Object request) throws Throwable {
    return (boolean) IS_SECURE.invoke(request);
  }

  /** The peer's address; its name would have to be looked up. */
  static @Nullable String client(Object request) throws Throwable {
    return CLIENT.invoke(request) instanceof InetSocketAddress peer && peer.getAddress() != null
        ? peer.getAddress().getHostAddress()
        : null;
  }

  /** The template of the handler, once it was found; null before, and in older versions. */
  static @Nullable String route(Object request) throws Throwable {
    return (String) ((Optional<?>) ROUTE.invoke(request)).orElse(null);
  }

  /** The values of a header, joined by a comma; null when there are none. */
  static @Nullable String header(Object request, String name) throws Throwable {
    return header(REQUEST_HEADER, request, name);
  }

  /** The same of all of a request's, for whoever may not throw. */
  static Function<String, @Nullable String> headers(Object request) {
    return name -> unlessUnknown(REQUEST_HEADER, request, name);
  }

  /** The same of a response's. */
  static Function<String, @Nullable String> responseHeaders(Object response) {
    return name -> unlessUnknown(RESPONSE_HEADER, response, name);
  }

  private static @Nullable String unlessUnknown(MethodHandle value, Object message, String name) {
    try {
      return header(value, message, name);
    } catch (Throwable unknown) {
      return null;
    }
  }

  private static @Nullable String header(MethodHandle value, Object message, String name)
      throws Throwable {
    return (String) ((Optional<?>) value.invoke(message, NAME.invoke(name))).orElse(null);
  }

  static int status(Object response) throws Throwable {
    return (int) STATUS.invoke(response);
  }

  static int code(Object status) throws Throwable {
    return (int) CODE.invoke(status);
  }

  /** Whether its status went to the client, if only with a part of a stream. */
  static boolean isSent(Object response) throws Throwable {
    return (boolean) IS_SENT.invoke(response) || (long) BYTES_WRITTEN.invoke(response) > 0;
  }

  /** Whether it came over HTTP/1. */
  static boolean isHttp1(Object request) {
    return request.getClass().getName().startsWith("io.helidon.webserver.http1.");
  }

  /** One call after the other, each of what the last one returned. */
  private static MethodHandle chain(Class<?> type, String... calls) {
    MethodHandle chain = MethodHandles.identity(type);
    for (String call : calls) {
      Class<?> last = chain.type().returnType();
      MethodHandle next = find(last, call);
      // A method that is inherited wants the type that declares it.
      next = next.asType(next.type().changeParameterType(0, last));
      chain = MethodHandles.filterReturnValue(chain, next);
    }
    return chain.asType(chain.type().changeParameterType(0, Object.class));
  }

  private static MethodHandle route() {
    try {
      return chain(REQUEST, "matchingPattern");
    } catch (IllegalStateException older) {
      MethodHandle none = MethodHandles.constant(Optional.class, Optional.empty());
      return MethodHandles.dropArguments(none, 0, Object.class);
    }
  }

  private static MethodHandle header(Class<?> message) {
    MethodHandle value = find(HEADERS, "value", HEADER_NAME);
    MethodHandle headers =
        chain(message, "headers").asType(MethodType.methodType(HEADERS, Object.class));
    return MethodHandles.filterArguments(value, 0, headers)
        .asType(MethodType.methodType(Optional.class, Object.class, Object.class));
  }

  private static MethodHandle name() {
    return find(type("http.HeaderNames"), "create", String.class);
  }

  private static MethodHandle find(Class<?> type, String name, Class<?>... arguments) {
    try {
      return MethodHandles.publicLookup().unreflect(type.getMethod(name, arguments));
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  private static Class<?> type(String name) {
    try {
      ClassLoader framework = HelidonRequest.class.getClassLoader();
      return Class.forName("io.helidon." + name, false, framework);
    } catch (ClassNotFoundException unknown) {
      throw new IllegalStateException(unknown);
    }
  }
}
