package dev.engram.agent.instrumentation.grpc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.ExceptionOrigin;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The span of one call, on either side. It ends once, with the first status that anybody gives it.
 * Thread-safe.
 */
final class RpcSpan {
  /** The header that carries the trace. */
  static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  /** The failures of a service, by the convention; the others are the caller's mistakes. */
  private static final Set<Code> SERVER_FAILURES =
      Set.of(
          Code.UNKNOWN,
          Code.DEADLINE_EXCEEDED,
          Code.UNIMPLEMENTED,
          Code.INTERNAL,
          Code.UNAVAILABLE,
          Code.DATA_LOSS);

  private final OpenSpan span;
  private final boolean server;
  private final AtomicBoolean ended = new AtomicBoolean();

  private RpcSpan(OpenSpan span, boolean server) {
    this.span = span;
    this.server = server;
  }

  static RpcSpan ofServer(OpenSpan span, String method) {
    return new RpcSpan(describe(span, method).begun(), true);
  }

  static RpcSpan ofClient(OpenSpan span, String method) {
    return new RpcSpan(describe(span, method), false);
  }

  OpenSpan span() {
    return span;
  }

  void end(Status status) {
    end(status, status.getCause(), server ? ExceptionOrigin.HANDLED : ExceptionOrigin.ESCAPED);
  }

  /** The service threw this, out of gRPC's reach. */
  void escaped(Status status, Throwable thrown) {
    end(status, thrown, ExceptionOrigin.ESCAPED);
  }

  private void end(Status status, @Nullable Throwable thrown, ExceptionOrigin origin) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    String code = status.getCode().name();
    span.put(AttributeKey.RPC_RESPONSE_STATUS_CODE, code);
    if (isFailure(status)) {
      if (thrown != null) {
        span.fail(thrown, origin, null);
      } else {
        span.fail(code, status.getDescription());
      }
    }
    span.end();
  }

  private boolean isFailure(Status status) {
    return server ? SERVER_FAILURES.contains(status.getCode()) : !status.isOk();
  }

  private static OpenSpan describe(OpenSpan span, String method) {
    return span.put(AttributeKey.RPC_SYSTEM_NAME, "grpc").put(AttributeKey.RPC_METHOD, method);
  }
}
