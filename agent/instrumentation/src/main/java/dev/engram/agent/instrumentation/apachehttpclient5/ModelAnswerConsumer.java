package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The application's consumer of the answer of a model, with somebody who reads along. Called on the
 * threads of the client, by one at a time.
 */
final class ModelAnswerConsumer<T> implements AsyncResponseConsumer<T> {
  private final AsyncResponseConsumer<T> consumer;
  private final WireCall call;
  private volatile @Nullable AnswerBytes along;

  private ModelAnswerConsumer(AsyncResponseConsumer<T> consumer, WireCall call) {
    this.consumer = consumer;
    this.call = call;
  }

  /** Null when no model is asked, or a layer above knows; {@link #sent} follows otherwise. */
  static @Nullable AsyncResponseConsumer<?> of(
      @Nullable Object target, @Nullable Object request, AsyncResponseConsumer<?> consumer) {
    WireCall call = AsyncModelQuestion.of(target, request);
    return call == null ? null : new ModelAnswerConsumer<>(consumer, call);
  }

  /** A call that could not even be made has failed already, and its consumer is not told. */
  static void sent(
      AsyncResponseConsumer<?> consumer, @Nullable Future<?> future, @Nullable Throwable thrown) {
    WireCall call = ((ModelAnswerConsumer<?>) consumer).call;
    call.leave();
    if (thrown != null) {
      call.failed(thrown, ApacheHttpClient5Capture.ASYNC_SITE);
    } else if (future != null && future.isDone()) {
      failed(call, future);
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails body,
      HttpContext context,
      FutureCallback<T> callback)
      throws HttpException, IOException {
    answered(response, body);
    consumer.consumeResponse(response, body, context, callback);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context)
      throws HttpException, IOException {
    consumer.informationResponse(response, context);
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    consumer.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    AnswerBytes passed = along;
    if (passed != null) {
      passed.add(bytes);
    }
    consumer.consume(bytes);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    AnswerBytes passed = along;
    if (passed != null) {
      passed.ended();
    }
    consumer.streamEnd(trailers);
  }

  @Override
  public void failed(Exception cause) {
    AnswerBytes passed = along;
    if (passed == null) {
      call.failed(cause, ApacheHttpClient5Capture.ASYNC_SITE);
    } else {
      passed.failed(cause, ApacheHttpClient5Capture.ASYNC_SITE);
    }
    consumer.failed(cause);
  }

  /** Comes before {@link #failed} as well as after {@link #streamEnd}, and so ends nothing. */
  @Override
  public void releaseResources() {
    consumer.releaseResources();
  }

  private void answered(HttpResponse response, @Nullable EntityDetails body) {
    try {
      Header type = response.getFirstHeader("Content-Type");
      AnswerBytes passed =
          call.answered(
              response.getCode(),
              type == null ? null : type.getValue(),
              body == null ? null : body.getContentEncoding());
      along = passed;
      if (body == null) {
        passed.ended();
      } else {
        passed.readThrough(this);
      }
    } catch (Throwable failure) {
      Tracing.failed();
    }
  }

  /** Waits for nothing, because it is done. */
  private static void failed(WireCall call, Future<?> done) {
    try {
      done.get();
    } catch (ExecutionException failed) {
      Throwable cause = Thrown.cause(failed);
      call.failed(cause == null ? failed : cause, ApacheHttpClient5Capture.ASYNC_SITE);
    } catch (CancellationException gone) {
      call.cancelled();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
