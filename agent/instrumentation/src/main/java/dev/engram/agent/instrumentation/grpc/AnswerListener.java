package dev.engram.agent.instrumentation.grpc;

import dev.engram.agent.core.capture.Handover;
import dev.engram.agent.core.capture.OpenSpan;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What the caller hears of its call, on gRPC's threads but inside the span that it called from. */
final class AnswerListener<A> extends SimpleForwardingClientCallListener<A> {
  private final RpcSpan rpc;
  private final @Nullable OpenSpan caller;

  AnswerListener(RpcSpan rpc, @Nullable OpenSpan caller, ClientCall.Listener<A> listener) {
    super(listener);
    this.rpc = rpc;
    this.caller = caller;
  }

  @Override
  public void onHeaders(Metadata headers) {
    inside(() -> super.onHeaders(headers));
  }

  @Override
  public void onMessage(A message) {
    inside(() -> super.onMessage(message));
  }

  @Override
  public void onReady() {
    inside(super::onReady);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    rpc.end(status);
    inside(() -> super.onClose(status, trailers));
  }

  private void inside(Runnable callback) {
    (caller == null ? callback : Handover.carrying(caller, callback)).run();
  }
}
