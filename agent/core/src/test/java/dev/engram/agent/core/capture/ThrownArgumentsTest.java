package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThrownArgumentsTest {
  private final MemorySink sink = new MemorySink();
  private final IllegalStateException thrown = new IllegalStateException("thrown");

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
  }

  @Test
  void argumentsOfAnExceptionThatIsRemembered_areKept_redactedByTheirNames() {
    OpenSpan span = server();
    span.threw(thrown, "com.acme.Shop.order", () -> Map.of("id", "7", "apiKey", "abc"));
    span.fail(thrown, ExceptionOrigin.ESCAPED, null).end();

    assertThat(sink.only(SpanRecord.class).attributes())
        .containsEntry("engram.thrown.by", "com.acme.Shop.order")
        .containsEntry("engram.argument.id", "7")
        .containsEntry("engram.argument.apiKey", "[redacted]");
  }

  @Test
  void argumentsOfAnExceptionThatNobodyRemembers_areNot() {
    OpenSpan span = server();
    span.threw(thrown, "com.acme.Shop.order", () -> Map.of("id", "7"));
    span.end();

    assertThat(sink.only(SpanRecord.class).attributes()).isEmpty();
  }

  @Test
  void ofTheMethodsThatAnExceptionLeaves_theInnermostCounts_whateverWrapsIt() {
    OpenSpan span = server();
    IllegalStateException outer = new IllegalStateException("wrapped", thrown);
    span.threw(thrown, "com.acme.Store.save", () -> Map.of("id", "7"));
    span.threw(
        outer,
        "com.acme.Shop.order",
        () -> {
          throw new AssertionError("asked");
        });
    span.fail(outer, ExceptionOrigin.ESCAPED, null).end();

    assertThat(sink.only(SpanRecord.class).attributes())
        .containsEntry("engram.thrown.by", "com.acme.Store.save");
  }

  @Test
  void ofSeveralExceptions_theLastCounts() {
    OpenSpan span = server();
    span.threw(new IllegalStateException("first"), "com.acme.Shop.try", () -> Map.of("id", "7"));
    span.threw(thrown, "com.acme.Shop.order", Map::of);
    span.fail(thrown, ExceptionOrigin.ESCAPED, null).end();

    assertThat(sink.only(SpanRecord.class).attributes())
        .containsEntry("engram.thrown.by", "com.acme.Shop.order")
        .doesNotContainKey("engram.argument.id");
  }

  private static OpenSpan server() {
    OpenSpan span = Tracing.open(SpanKind.SERVER, Category.HTTP, "GET /");
    assertThat(span).isNotNull();
    return span;
  }
}
