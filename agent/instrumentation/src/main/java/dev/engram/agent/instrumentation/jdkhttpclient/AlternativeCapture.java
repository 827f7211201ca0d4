package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.AlternativeQuestion;
import dev.engram.agent.core.remedy.LaterCall;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import org.jspecify.annotations.Nullable;

/**
 * Sends a question that a model has refused to another model. Only where the handler keeps the
 * answer for whoever asked, and the client has not been sent elsewhere.
 */
final class AlternativeCapture {
  private AlternativeCapture() {}

  /** What the application is given instead; null for the client's own. */
  static <T> @Nullable HttpResponse<?> answered(
      HttpClient client, HttpRequest request, BodyHandler<T> handler, HttpResponse<?> answer) {
    if (!AlternativeQuestion.isFor(request.method(), answer.statusCode())
        || !isWhole(handler, answer)) {
      return null;
    }
    AlternativeQuestion other =
        AlternativeQuestion.of(
            client.getClass(),
            ClientRequest.of(request.method(), request.uri()),
            answer.statusCode(),
            () -> RequestBodies.bytes(request));
    if (other == null) {
      return null;
    }
    HttpResponse<T> second =
        other.ask(
            () -> client.send(request(request, other), handler),
            HttpResponse::statusCode,
            AlternativeCapture::close);
    if (second != null) {
      close(answer);
    }
    return second;
  }

  /** What is to be asked by {@code sendAsync}; null for nothing. */
  static @Nullable AlternativeQuestion answeredLater(
      LaterCall call, HttpRequest request, BodyHandler<?> handler, HttpResponse<?> answer) {
    return isWhole(handler, answer)
        ? call.alternative(answer.statusCode(), () -> RequestBodies.bytes(request))
        : null;
  }

  static HttpRequest request(HttpRequest request, AlternativeQuestion other) {
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .POST(BodyPublishers.ofByteArray(other.body()))
        .build();
  }

  private static boolean isWhole(BodyHandler<?> handler, HttpResponse<?> answer) {
    return answer.previousResponse().isEmpty() && AnswerHandlers.keep(handler);
  }

  private static void close(HttpResponse<?> answer) {
    RetryCapture.close(answer.body());
  }
}
