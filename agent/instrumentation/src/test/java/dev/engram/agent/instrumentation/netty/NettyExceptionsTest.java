package dev.engram.agent.instrumentation.netty;

import static dev.engram.agent.instrumentation.netty.ServedChannel.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Exceptions of handlers: answered, escaped, or after the answer. */
class NettyExceptionsTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ServedChannel server = new ServedChannel(run);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void exceptionThatIsAnswered_isHandled() {
    server.serve(
        (context, request) -> {
          throw new IllegalStateException("broken handler");
        },
        (context, thrown) -> answer(context, 503));

    server.send("GET / HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().attributes())
        .containsEntry("http.response.status_code", 503L)
        .containsEntry("error.type", "java.lang.IllegalStateException");
    assertOnlyException(ExceptionOrigin.HANDLED);
  }

  @Test
  void exceptionAnsweredAsTheCallersMistake_isNotRemembered() {
    server.serve(
        (context, request) -> {
          throw new IllegalArgumentException("bad input");
        },
        (context, thrown) -> answer(context, 400));

    server.send("GET / HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
    assertThat(run.exceptions()).isEmpty();
  }

  @Test
  void exceptionThatClosesTheConnection_hasEscaped() {
    server.serve(
        (context, request) -> {
          throw new IllegalStateException("broken handler");
        },
        (context, thrown) -> context.close());

    server.send("GET / HTTP/1.1\r\n\r\n");

    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.ERROR);
    assertOnlyException(ExceptionOrigin.ESCAPED);
  }

  @Test
  void exceptionAfterTheAnswer_isRememberedWithItsRequest() {
    server.serve(
        (context, request) -> {
          answer(context, 200);
          throw new IllegalStateException("failed after the answer");
        },
        (context, thrown) -> context.close());

    server.send("GET / HTTP/1.1\r\n\r\n");

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(it.spanId()).isEqualTo(span.spanId()));
  }

  private void assertOnlyException(ExceptionOrigin origin) {
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(it.origin()).isEqualTo(origin));
  }
}
