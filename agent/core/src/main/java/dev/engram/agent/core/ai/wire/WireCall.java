package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.json.Json;
import dev.engram.agent.record.AttributeKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A call of a model that is known by its bodies. Opened where the request is about to be sent, with
 * the request's body; told of the answer by the {@link AnswerBytes} that it gives out. Methods of
 * one call may come from one thread after another. No method throws.
 */
public final class WireCall {
  /** Where sizes alone are remembered, tokens are to be found all the same. */
  private static final int LEAST_BODY = 1 << 20;

  private final Endpoint endpoint;
  private final ModelCall call;
  private volatile boolean answered;

  private WireCall(Endpoint endpoint, ModelCall call) {
    this.endpoint = endpoint;
    this.call = call;
  }

  /** Bytes of a question that are worth reading; it may hold pictures, which are not remembered. */
  public static int bodyLimit() {
    return Math.max(LEAST_BODY, 2 * Tracing.aiContentLimit());
  }

  /** The same of an answer, or of a piece of one. */
  static int answerLimit() {
    return Math.max(LEAST_BODY, Tracing.aiContentLimit());
  }

  /**
   * Opens the call, says what is asked, and makes it current until {@link #leave}. Null when the
   * body asks no model, and when capture is off.
   *
   * @param body of the request, or its beginning
   * @param length bytes of it that are filled
   */
  public static @Nullable WireCall open(Endpoint endpoint, byte[] body, int length) {
    try {
      Json request = Json.parse(new String(body, 0, length, StandardCharsets.UTF_8));
      if (!request.isObject() || !endpoint.asks(request)) {
        return null;
      }
      ModelCall call = ModelCall.open(endpoint.shape().operation(), endpoint.provider(), null);
      return call == null ? null : new WireCall(endpoint, call).asked(request);
    } catch (Throwable failure) {
      Tracing.failed();
      return null;
    }
  }

  private WireCall asked(Json request) {
    try {
      call.model(endpoint.model() == null ? request.get("model").text() : endpoint.model());
      if (endpoint.streams() || request.get("stream").isTrue()) {
        call.set(AttributeKey.GEN_AI_REQUEST_STREAM, true);
      }
      endpoint.shape().request(request, call);
    } catch (Throwable failure) {
      Tracing.failed();
    }
    call.begin();
    return this;
  }

  /** Makes it current again, on a thread that goes on with it; {@link #leave} follows. */
  public void enter() {
    call.begin();
  }

  public void leave() {
    call.leave();
  }

  /**
   * @param attempts after the first
   */
  public void retried(long attempts) {
    call.retried(attempts);
  }

  /** No answer came. */
  public void failed(Throwable thrown, String site) {
    if (!answered) {
      call.fail(thrown, site);
    }
  }

  /** Nobody waits for the answer any more; nothing where it came, or it failed before. */
  public void cancelled() {
    if (!answered) {
      call.fail("cancelled", "Nobody waited for the answer");
    }
  }

  /**
   * The head of the answer came; what follows is to be given to the result.
   *
   * @param type {@code Content-Type}, or null
   * @param encoding {@code Content-Encoding} of the bytes that will be given, or null
   */
  public AnswerBytes answered(int status, @Nullable String type, @Nullable String encoding) {
    answered = true;
    return new AnswerBytes(endpoint.shape(), call, status, type, encoding);
  }
}
