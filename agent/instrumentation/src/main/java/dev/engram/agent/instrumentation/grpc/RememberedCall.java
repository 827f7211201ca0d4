package dev.engram.agent.instrumentation.grpc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A call that a client makes, from its start to its status. The header goes into a copy of what the
 * application sends, which may send the same again.
 */
final class RememberedCall<Q, A> extends SimpleForwardingClientCall<Q, A> {
  private final String method;
  private final @Nullable String authority;

  RememberedCall(String method, @Nullable String authority, ClientCall<Q, A> call) {
    super(call);
    this.method = method;
    this.authority = authority;
  }

  @Override
  public void start(Listener<A> listener, Metadata headers) {
    OpenSpan parent = Tracing.current();
    RpcSpan rpc = GrpcClientCapture.open(method, authority);
    if (rpc == null) {
      super.start(listener, headers);
      return;
    }
    try {
      super.start(new AnswerListener<>(rpc, parent, listener), sent(rpc, headers));
    } catch (Throwable thrown) {
      rpc.escaped(Status.fromThrowable(thrown), thrown);
      throw thrown;
    }
  }

  /** A header that the application or another agent has made, and not copied, is left alone. */
  private static Metadata sent(RpcSpan rpc, Metadata headers) {
    String existing = headers.get(RpcSpan.TRACEPARENT);
    if (existing != null && !rpc.span().cameWith(existing)) {
      return headers;
    }
    Metadata sent = new Metadata();
    sent.merge(headers);
    sent.discardAll(RpcSpan.TRACEPARENT);
    sent.put(RpcSpan.TRACEPARENT, rpc.span().traceparent());
    return sent;
  }
}
