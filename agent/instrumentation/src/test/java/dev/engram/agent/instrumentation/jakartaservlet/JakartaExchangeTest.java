package dev.engram.agent.instrumentation.jakartaservlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerExchange;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanStatus;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a request that its container has taken back. */
class JakartaExchangeTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  @Test
  void asyncEnd_throwsNothingIntoTheContainerAndEndsTheSpan() {
    JakartaExchange exchange = exchange();

    assertThatCode(() -> exchange.onComplete(event())).doesNotThrowAnyException();

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void newAsyncCycle_throwsNothingIntoTheContainerAndEndsTheSpan() {
    JakartaExchange exchange = exchange();

    assertThatCode(() -> exchange.onStartAsync(event())).doesNotThrowAnyException();

    assertThat(run.onlySpan().begun()).isTrue();
  }

  @Test
  void return_endsTheSpanEvenWhenTheAdviceFails() {
    assertThatIllegalStateException()
        .isThrownBy(() -> exchange().returned(new IllegalArgumentException("gone"), null));

    assertThat(run.onlySpan().begun()).isTrue();
  }

  private static JakartaExchange exchange() {
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET").begun();
    return new JakartaExchange(
        new ServerExchange(span),
        recycled(HttpServletRequest.class),
        recycled(HttpServletResponse.class));
  }

  private static AsyncEvent event() {
    return new AsyncEvent(
        recycled(AsyncContext.class),
        recycled(HttpServletRequest.class),
        recycled(HttpServletResponse.class));
  }

  private static <T> T recycled(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new IllegalStateException("the request was recycled");
            }));
  }
}
