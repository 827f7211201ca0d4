package dev.engram.agent.instrumentation.grpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.grpc.Status;

/** What the service hears of a call, inside the call's span: its methods run in here. */
final class ServedListener<Q> extends SimpleForwardingServerCallListener<Q> {
  private final RpcSpan rpc;

  ServedListener(RpcSpan rpc, ServerCall.Listener<Q> listener) {
    super(listener);
    this.rpc = rpc;
  }

  @Override
  public void onMessage(Q message) {
    inside(() -> super.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    inside(super::onHalfClose);
  }

  @Override
  public void onReady() {
    inside(super::onReady);
  }

  /** The call is over before the service has answered. */
  @Override
  public void onCancel() {
    rpc.end(isLate() ? Status.DEADLINE_EXCEEDED : Status.CANCELLED);
    inside(super::onCancel);
  }

  @Override
  public void onComplete() {
    inside(super::onComplete);
  }

  /** The server closes a call of what is thrown in here as unknown, whatever it is. */
  private void inside(Runnable callback) {
    rpc.span().enter();
    try {
      callback.run();
    } catch (Throwable thrown) {
      rpc.escaped(Status.UNKNOWN, thrown);
      throw thrown;
    } finally {
      rpc.span().leave();
    }
  }

  private static boolean isLate() {
    Deadline deadline = Context.current().getDeadline();
    return deadline != null && deadline.isExpired();
  }
}
