package dev.engram.agent.instrumentation.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A call in the hands of the service, which answers it on any thread. */
final class ServedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final RpcSpan rpc;

  ServedCall(RpcSpan rpc, ServerCall<Q, A> call) {
    super(call);
    this.rpc = rpc;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    rpc.end(status);
    super.close(status, trailers);
  }
}
