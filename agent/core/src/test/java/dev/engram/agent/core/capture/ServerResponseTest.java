package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server says at the end, where a framework inside it has spoken before. */
class ServerResponseTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void route_isTheFrameworks() {
    OpenSpan request = server();
    ServerResponse.matched(request, "GET", "/api/orders/{id}");
    end(200, null, request);
    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.name()).isEqualTo("GET /api/orders/{id}");
    assertThat(span.attributes()).containsEntry("http.route", "/api/orders/{id}");
  }

  @Test
  void route_isTheServers_whereNoFrameworkKnowsABetterOne() {
    end(200, null, server());
    assertThat(sink.only(SpanRecord.class).name()).isEqualTo("GET /api/*");
  }

  @Test
  void metException_isHandled_whenTheResponseIsAFailure() {
    end(503, null, met(new IllegalStateException("no orders")));
    assertThat(sink.only(ExceptionRecord.class).origin()).isEqualTo(ExceptionOrigin.HANDLED);
    SpanRecord span = sink.only(SpanRecord.class);
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes()).containsEntry("error.type", "java.lang.IllegalStateException");
  }

  @Test
  void metException_isForgotten_whenTheCallerMadeTheMistake() {
    end(400, null, met(new IllegalArgumentException("no such page")));
    assertThat(sink.all(ExceptionRecord.class)).isEmpty();
    assertThat(sink.only(SpanRecord.class).status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void escapedException_goesBeforeWhatWasMet() {
    end(500, new IllegalStateException("later"), met(new IllegalArgumentException("earlier")));
    ExceptionRecord remembered = sink.only(ExceptionRecord.class);
    assertThat(remembered.origin()).isEqualTo(ExceptionOrigin.ESCAPED);
    assertThat(sink.only(SpanRecord.class).statusDescription()).isEqualTo("later");
  }

  private static OpenSpan server() {
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET");
    assertThat(span).isNotNull();
    return span;
  }

  private static OpenSpan met(Exception thrown) {
    OpenSpan span = server();
    span.met(thrown);
    return span;
  }

  private static void end(int status, @Nullable Throwable thrown, OpenSpan span) {
    new ServerResponse("GET", "/api/*", status, thrown, ExceptionOrigin.ESCAPED, null).end(span);
  }
}
