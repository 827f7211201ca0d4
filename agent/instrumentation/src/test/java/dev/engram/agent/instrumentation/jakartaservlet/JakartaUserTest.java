package dev.engram.agent.instrumentation.jakartaservlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerExchange;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JakartaUserTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void user_isThatOfWhatIsWrapped() {
    assertThat(userOf(new HttpServletRequestWrapper(request()))).isEqualTo("ada");
  }

  /** So that nobody gets at what it wraps. */
  @Test
  void wrapperThatSaysItWrapsItself_isNotAsked() {
    HttpServletRequest closed =
        new HttpServletRequestWrapper(request()) {
          @Override
          public ServletRequest getRequest() {
            return this;
          }
        };

    assertTimeoutPreemptively(Duration.ofMinutes(1), () -> assertThat(userOf(closed)).isNull());
  }

  private static String userOf(HttpServletRequest request) {
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET");
    JakartaUser.tell(new ServerExchange(span), request);
    return span.text(AttributeKey.USER_ID);
  }

  private static HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            JakartaUserTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> method.getName().equals("getRemoteUser") ? "ada" : null);
  }
}
