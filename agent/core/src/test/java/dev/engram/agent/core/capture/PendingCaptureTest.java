package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are remembered only if they fail: at level errors, and those that are ignored. */
class PendingCaptureTest {
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink, CaptureFixture.LIMITS, CaptureLevel.ERRORS);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(Tracing.current()).isNull();
  }

  @Test
  void requestThatSucceeds_leavesNothing() {
    OpenSpan request = request("/orders").begun().enter();
    sql("select 1").end();
    request.leave();
    request.put(AttributeKey.HTTP_RESPONSE_STATUS_CODE, 404).end();

    assertThat(sink.accepted).isEmpty();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void requestThatFails_isRememberedWithAllThatIsInIt() {
    OpenSpan request = request("/orders").begun().enter();
    sql("select 1").end();
    sql("select 2").end();
    request.leave();
    request.put(AttributeKey.HTTP_RESPONSE_STATUS_CODE, 503).end();

    assertThat(sink.all(SpanRecord.class))
        .extracting(SpanRecord::name)
        .containsExactly("select 1", "select 2", "GET");
    assertThat(sink.all(BegunRecord.class)).isEmpty();
    assertThat(sink.worthOf(RecordKind.SPAN)).isEqualTo(Worth.RESERVED);
  }

  @Test
  void requestInWhichSomethingFails_isRememberedAsWell_alsoWhatComesAfterwards() {
    OpenSpan request = request("/orders").enter();
    sql("select 1").end();
    sql("select 2").fail("timeout", null).end();
    assertThat(names()).containsExactly("select 1", "select 2");
    sql("select 3").end();
    request.leave();
    request.end();

    assertThat(names()).containsExactly("select 1", "select 2", "select 3", "GET");
  }

  @Test
  void exceptionThatIsHandled_isAFailureToo() {
    OpenSpan request = request("/orders").enter();
    sql("select 1").end();
    Tracing.exception(new IllegalStateException("no"), ExceptionOrigin.HANDLED, null);
    request.leave();
    request.end();

    assertThat(names()).containsExactly("select 1", "GET");
    sink.only(ExceptionRecord.class);
  }

  @Test
  void exceptionOutsideAnyRequest_isRemembered() {
    Tracing.exception(new IllegalStateException("no"), ExceptionOrigin.ESCAPED, null);

    sink.only(ExceptionRecord.class);
  }

  @Test
  void whatEndsAfterASuccess_isForgotten_unlessItFailed() {
    OpenSpan request = request("/orders").enter();
    OpenSpan late = sql("select 1");
    OpenSpan failing = sql("select 2");
    request.leave();
    request.end();
    late.end();
    assertThat(sink.accepted).isEmpty();
    failing.fail("timeout", null).end();

    assertThat(names()).containsExactly("select 2");
  }

  @Test
  void moreThanARequestMayHold_isCountedIfItFails() {
    String text = "x".repeat(3_000);
    OpenSpan failing = request("/orders").enter();
    for (int i = 0; i < 50; i++) {
      sql("select 1").put(AttributeKey.DB_QUERY_TEXT, text).end();
    }
    failing.leave();
    failing.fail("timeout", null).end();
    int kept = names().size() - 1;
    assertThat(kept).isBetween(10, PendingRecords.MAX_BYTES / 3_000);
    assertThat(sink.failed).hasValue(50 - kept);

    OpenSpan fine = request("/orders").enter();
    for (int i = 0; i < 50; i++) {
      sql("select 1").put(AttributeKey.DB_QUERY_TEXT, text).end();
    }
    fine.leave();
    fine.end();
    assertThat(sink.failed).hasValue(50 - kept);
  }

  @Test
  void feedback_isNotTaken_whileNothingIsCaptured() {
    CaptureFixture.start(sink, CaptureFixture.LIMITS, CaptureLevel.OFF);

    Tracing.feedback("trace", "0af7651916cd43dd8448eb211c80319c", "good", 1, null, null);

    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void requestsThatNeverEnd_takeNoMoreThanTheirRoom_andCountWhatTheyLost() {
    List<OpenSpan> requests = new ArrayList<>();
    for (int i = 0; i < PendingRequests.LIMIT + 10; i++) {
      OpenSpan request = request("/orders").enter();
      sql("select 1").end();
      request.leave();
      requests.add(request);
    }
    for (OpenSpan evicted : requests.subList(0, 10)) {
      evicted.enter();
      sql("select 2").end();
      evicted.leave();
    }
    requests.forEach(request -> request.fail("timeout", null).end());

    assertThat(names()).hasSize(2 * requests.size() - 10).doesNotContain("select 2");
    assertThat(sink.failed).hasValue(20);
  }

  @Test
  void ignoredRequest_leavesNothing_norWhatIsBelowIt() {
    ignore();
    OpenSpan request = request("/healthz").begun().enter();
    assertThat(Tracing.open(SpanKind.CLIENT, Category.SQL, "select 1")).isNull();
    assertThat(Tracing.open(SpanKind.SERVER, Category.HTTP, "GET")).isNull();
    Tracing.exception(new IllegalStateException("handled"), ExceptionOrigin.HANDLED, null);
    request.leave();
    request.put(AttributeKey.HTTP_RESPONSE_STATUS_CODE, 200).end();

    assertThat(sink.accepted).isEmpty();
    request("/orders").end();
    assertThat(names()).hasSize(1);
  }

  @Test
  void ignoredRequestThatFails_isRememberedAlone_withItsExceptions() {
    ignore();
    Throwable thrown = new IllegalStateException("the database is down");
    OpenSpan request = request("/healthz").begun().enter();
    assertThat(Tracing.open(SpanKind.CLIENT, Category.SQL, "select 1")).isNull();
    request.leave();
    request.fail(thrown, ExceptionOrigin.ESCAPED, null).end();

    assertThat(sink.all(DecodedRecord.class)).hasSize(2);
    assertThat(sink.only(SpanRecord.class).begun()).isFalse();
    assertThat(sink.only(ExceptionRecord.class).thrown().frames()).isNotEmpty();
  }

  @Test
  void stackThatWasForgotten_isSentWithTheNextException() {
    ignore();
    Throwable thrown = new IllegalStateException("no");
    OpenSpan request = request("/healthz").enter();
    Tracing.exception(thrown, ExceptionOrigin.HANDLED, null);
    request.leave();
    request.end();
    assertThat(sink.accepted).isEmpty();

    Tracing.exception(thrown, ExceptionOrigin.HANDLED, null);
    assertThat(sink.only(ExceptionRecord.class).thrown().frames()).isNotEmpty();
  }

  @Test
  void requestThatBegan_goesOnAsItBegan_whateverIsSwitched() {
    Capture.apply(Configuration.of(""));
    OpenSpan begun = request("/orders").begun().enter();
    Capture.apply(Configuration.of("capture=off"));
    sql("select 1").end();
    assertThat(request("/orders")).isNotNull();
    begun.leave();
    begun.end();
    assertThat(Tracing.openRequest("GET", "/orders", "GET")).isNull();
    Capture.measurement("jvm.memory.used", "By", 1, Map.of());
    Tracing.exception(new IllegalStateException("no"), ExceptionOrigin.HANDLED, null);

    assertThat(names()).containsExactly("select 1", "GET");
    assertThat(sink.accepted).hasSize(3);
    Capture.apply(Configuration.of("capture=all"));
    request("/orders").end();
    assertThat(names()).hasSize(3);
  }

  private void ignore() {
    CaptureFixture.start(
        sink, CaptureFixture.LIMITS, CapturePolicy.of(Configuration.of("ignore.urls=healthz")));
  }

  private List<String> names() {
    return sink.all(SpanRecord.class).stream().map(SpanRecord::name).toList();
  }

  private static OpenSpan request(String path) {
    return Tracing.openRequest("GET", path, "GET");
  }

  private static OpenSpan sql(String text) {
    return Tracing.open(SpanKind.CLIENT, Category.SQL, text);
  }
}
