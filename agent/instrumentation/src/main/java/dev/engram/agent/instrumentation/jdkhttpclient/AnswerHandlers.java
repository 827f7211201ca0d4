package dev.engram.agent.instrumentation.jdkhttpclient;

import java.lang.reflect.Field;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which handlers of answers keep the body for whoever asked: those of {@code ofString}, {@code
 * ofByteArray}, {@code discarding}, {@code replacing} and {@code ofInputStream}. Others write
 * files, or hand pieces on while they come. They are all lambdas of one class, so only what they
 * make tells them apart; making it does nothing. Those of an application may do anything, and are
 * not asked.
 */
final class AnswerHandlers {
  private static final String OF_THE_JDK = "java.net.http.HttpResponse$BodyHandlers$$Lambda";
  private static final String SUBSCRIBERS = "jdk.internal.net.http.ResponseSubscribers$";
  private static final Set<String> KEEPING =
      Set.of(
          SUBSCRIBERS + "ByteArraySubscriber",
          SUBSCRIBERS + "NullSubscriber",
          SUBSCRIBERS + "HttpResponseInputStream");

  private static final ResponseInfo ANY = new AnyResponse();

  private AnswerHandlers() {}

  static boolean keep(@Nullable BodyHandler<?> handler) {
    return handler != null
        && handler.getClass().getName().startsWith(OF_THE_JDK)
        && !wrapsAnother(handler.getClass())
        && KEEPING.contains(handler.apply(ANY).getClass().getName());
  }

  /** As {@code buffering} does. */
  private static boolean wrapsAnother(Class<?> lambda) {
    for (Field captured : lambda.getDeclaredFields()) {
      if (BodyHandler.class.isAssignableFrom(captured.getType())) {
        return true;
      }
    }
    return false;
  }

  private static final class AnyResponse implements ResponseInfo {
    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of(), (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
