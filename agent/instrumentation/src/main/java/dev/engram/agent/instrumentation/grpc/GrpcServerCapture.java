package dev.engram.agent.instrumentation.grpc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Stands between the server and the outermost of its interceptors, for one call. */
final class GrpcServerCapture {
  private GrpcServerCapture() {}

  static <Q, A> ServerMethodDefinition<Q, A> remembered(ServerMethodDefinition<Q, A> method) {
    ServerCallHandler<Q, A> handler = method.getServerCallHandler();
    return method.withServerCallHandler((call, headers) -> serve(handler, call, headers));
  }

  private static <Q, A> ServerCall.Listener<Q> serve(
      ServerCallHandler<Q, A> handler, ServerCall<Q, A> call, Metadata headers) {
    RpcSpan rpc = open(call, headers);
    if (rpc == null) {
      return handler.startCall(call, headers);
    }
    rpc.span().enter();
    try {
      return new ServedListener<>(rpc, handler.startCall(new ServedCall<>(rpc, call), headers));
    } catch (Throwable thrown) {
      rpc.escaped(Status.fromThrowable(thrown), thrown);
      throw thrown;
    } finally {
      rpc.span().leave();
    }
  }

  /** Never throws: this is no advice, and the call goes on after it. */
  private static @Nullable RpcSpan open(ServerCall<?, ?> call, Metadata headers) {
    try {
      String method = call.getMethodDescriptor().getFullMethodName();
      OpenSpan span = Tracing.openServedCall(method);
      if (span == null) {
        return null;
      }
      span.continueFrom(headers.get(RpcSpan.TRACEPARENT))
          .put(AttributeKey.CLIENT_ADDRESS, client(call));
      return RpcSpan.ofServer(span, method);
    } catch (Throwable failure) {
      Tracing.failed();
      return null;
    }
  }

  private static @Nullable String client(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress it
            && it.getAddress() != null
        ? it.getAddress().getHostAddress()
        : null;
  }
}
