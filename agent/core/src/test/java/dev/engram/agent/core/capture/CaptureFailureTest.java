package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks in capture, the application does not see it. */
class CaptureFailureTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(Tracing.current()).isNull();
  }

  static Error[] errors() {
    return new Error[] {
      new InternalError("unbacked page"),
      new StackOverflowError(),
      new OutOfMemoryError("test"),
      new LinkageError("test")
    };
  }

  @ParameterizedTest
  @MethodSource("errors")
  void brokenSink_harmsNobodyAndIsCounted(Error error) {
    sink.refuses =
        kind -> {
          throw error;
        };
    assertThatCode(
            () -> {
              OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET");
              span.put(AttributeKey.URL_PATH, "/").begun().enter();
              Tracing.exception(new Exception(), ExceptionOrigin.LOGGED, null);
              Tracing.feedback("key", "k", null, 1, null, null);
              Capture.lifecycle("start", Map.of());
              span.leave();
              span.end();
            })
        .doesNotThrowAnyException();
    assertThat(sink.failed).hasValue(5);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void brokenEnd_stillLeavesAnEndedNote(Error error) {
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET").begun();
    sink.refuses =
        kind -> {
          if (kind == RecordKind.SPAN) {
            throw error;
          }
          return false;
        };
    assertThatCode(span::end).doesNotThrowAnyException();
    assertThat(sink.accepted)
        .extracting(MemorySink.Offered::kind)
        .containsExactly(RecordKind.BEGUN, RecordKind.ENDED);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void nullsFromAnInstrumentation_areSurvived(Error error) {
    assertThatCode(
            () -> {
              OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, null);
              span.put(null, 5).payload(null, null, null).fail(null, null, null);
              span.fail(error, ExceptionOrigin.ESCAPED, null).end();
              Tracing.exception(null, null, null);
            })
        .doesNotThrowAnyException();
  }
}
