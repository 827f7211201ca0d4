package dev.engram.agent.instrumentation.okhttp;

import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.RepeatableCall;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a call is made again, as an interceptor of the application could. OkHttp itself
 * only connects anew, by another way; once it answers a 408, or a 503 that says at once. A call
 * that was cancelled, also by its own timeout, is over.
 */
final class RetryCapture {
  private RetryCapture() {}

  static @Nullable Object begin(Object interceptor, Object chain) {
    if (Healing.isOff()) {
      return null;
    }
    Request request = ((Interceptor.Chain) chain).request();
    RequestBody body = request.body();
    if (body != null && (body.isOneShot() || body.isDuplex())) {
      return null;
    }
    HttpUrl url = request.url();
    return RepeatableCall.begin(
        interceptor.getClass(),
        request.method(),
        url.host(),
        url.encodedPath(),
        () -> new ClientRequest(request.method(), url.toString(), url.host(), url.port()),
        false);
  }

  static boolean exit(
      Object call, Object chain, @Nullable Object response, @Nullable Throwable thrown) {
    RepeatableCall made = (RepeatableCall) call;
    if (((Interceptor.Chain) chain).call().isCanceled()) {
      made.leftAlone();
      return false;
    }
    if (thrown != null) {
      return made.failed(thrown);
    }
    Response answer = (Response) response;
    if (answer == null || isSecond(answer)) {
      made.leftAlone();
      return false;
    }
    boolean again = made.answered(answer.code(), answer.header("Retry-After"));
    if (again) {
      answer.close();
    }
    return again;
  }

  /** Whether OkHttp has sent the request again by itself, and was answered alike. */
  private static boolean isSecond(Response answer) {
    Response before = answer.priorResponse();
    return before != null && before.code() == answer.code();
  }
}
