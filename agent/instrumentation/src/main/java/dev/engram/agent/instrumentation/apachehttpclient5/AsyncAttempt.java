package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientResponse;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of the asynchronous client, in front of the callback that the client gave it. Called
 * on the threads of the client.
 */
final class AsyncAttempt implements AsyncExecCallback {
  private static final Attachments<ClientCall> CALLS = new Attachments<>();

  private final OpenSpan span;
  private final AsyncExecCallback callback;

  private AsyncAttempt(OpenSpan span, AsyncExecCallback callback) {
    this.span = span;
    this.callback = callback;
  }

  /** The callback to use, or null when the attempt is not remembered. */
  static @Nullable AsyncExecCallback attempted(
      Object request, Object scope, AsyncExecCallback callback) {
    AsyncExecChain.Scope attempted = (AsyncExecChain.Scope) scope;
    ClientCall call = CALLS.get(attempted.execRuntime);
    if (call == null) {
      call = new ClientCall();
      CALLS.put(attempted.execRuntime, call);
    }
    OpenSpan span =
        ApacheHttpClient5Capture.open(call, (HttpRequest) request, attempted.route.getTargetHost());
    return span == null ? null : new AsyncAttempt(span, callback);
  }

  @Override
  public AsyncDataConsumer handleResponse(HttpResponse response, EntityDetails entity)
      throws HttpException, IOException {
    ApacheHttpClient5Capture.response(response).end(span);
    return callback.handleResponse(response, entity);
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    callback.handleInformationResponse(response);
  }

  @Override
  public void completed() {
    callback.completed();
  }

  @Override
  public void failed(Exception cause) {
    ClientResponse.failed(cause, ApacheHttpClient5Capture.ASYNC_SITE).end(span);
    callback.failed(cause);
  }
}
