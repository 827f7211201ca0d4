package dev.engram.agent.instrumentation.grpc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Stands between the innermost interceptor of a client and its channel. */
final class GrpcClientCapture {
  private GrpcClientCapture() {}

  static <Q, A> ClientCall<Q, A> remembered(Object channel, Object method, ClientCall<Q, A> call) {
    return new RememberedCall<>(
        ((MethodDescriptor<?, ?>) method).getFullMethodName(),
        ((Channel) channel).authority(),
        call);
  }

  /** Opens the span of a call that starts; null when capture is off. Never throws. */
  static @Nullable RpcSpan open(String method, @Nullable String authority) {
    try {
      OpenSpan span = Tracing.open(SpanKind.CLIENT, Category.RPC, method);
      if (span == null) {
        return null;
      }
      address(span, authority);
      return RpcSpan.ofClient(span, method);
    } catch (Throwable failure) {
      Tracing.failed();
      return null;
    }
  }

  private static void address(OpenSpan span, @Nullable String authority) {
    try {
      URI server = new URI(null, authority, null, null, null).parseServerAuthority();
      span.put(AttributeKey.SERVER_ADDRESS, server.getHost());
      if (server.getPort() > 0) {
        span.put(AttributeKey.SERVER_PORT, server.getPort());
      }
    } catch (URISyntaxException noHost) {
      span.put(AttributeKey.SERVER_ADDRESS, authority);
    }
  }
}
