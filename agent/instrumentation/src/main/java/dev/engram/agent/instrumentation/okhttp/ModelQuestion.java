package dev.engram.agent.instrumentation.okhttp;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.BodyBytes;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.Tracing;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Calls of OkHttp that ask a model, where no layer above knows of the call. */
final class ModelQuestion {
  static final String SITE = "okhttp3.Call#execute";

  /** Bodies of its own give their bytes as often as they are asked; others run code of somebody. */
  private static final String OWN = "okhttp3.";

  /** Those in whose class's name this is are made of bytes or text. */
  private static final String IN_MEMORY = "toRequestBody";

  private ModelQuestion() {}

  /** Null when no model is asked. Never throws. */
  static @Nullable WireCall of(Request request) {
    try {
      Endpoint endpoint =
          Endpoint.of(request.method(), request.url().host(), request.url().encodedPath());
      RequestBody body = request.body();
      return endpoint == null || body == null || ModelCall.isCurrent()
          ? null
          : asked(endpoint, body);
    } catch (Throwable failure) {
      Tracing.failed();
      return null;
    }
  }

  static @Nullable Response executed(
      Object asked, @Nullable Response response, @Nullable Throwable thrown) {
    WireCall call = (WireCall) asked;
    call.leave();
    if (thrown != null) {
      call.failed(thrown, SITE);
    }
    return response == null || thrown != null ? null : remembered(call, response);
  }

  /** The response with a body that is read along. Never throws. */
  static Response remembered(WireCall call, Response response) {
    try {
      AnswerBytes along =
          call.answered(
              response.code(),
              response.header("Content-Type"),
              response.header("Content-Encoding"));
      ResponseBody body = response.body();
      if (body == null) {
        along.ended();
        return response;
      }
      return response.newBuilder().body(new ModelAnswerBody(body, along)).build();
    } catch (Throwable failure) {
      Tracing.failed();
      return response;
    }
  }

  private static @Nullable WireCall asked(Endpoint endpoint, RequestBody body) throws IOException {
    if (!isInMemory(body.getClass().getName())
        || !isJson(body.contentType())
        || body.isOneShot()
        || body.isDuplex()) {
      return null;
    }
    long length = body.contentLength();
    if (length <= 0) {
      return null;
    }
    BodyBytes bytes = new BodyBytes();
    BufferedSink sink = Okio.buffer(Okio.sink(bytes));
    body.writeTo(sink);
    sink.flush();
    return bytes.open(endpoint);
  }

  /** A file is read where it is sent: who leaves that to another thread does not wait for it. */
  private static boolean isInMemory(String className) {
    return className.startsWith(OWN) && className.contains(IN_MEMORY);
  }

  /** Others may be of parts of the application, some of which can be written only once. */
  private static boolean isJson(@Nullable MediaType type) {
    return type != null && type.subtype().equals("json");
  }
}
