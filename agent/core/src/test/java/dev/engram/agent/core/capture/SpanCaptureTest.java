package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.EndedRecord;
import dev.engram.agent.record.FeedbackRecord;
import dev.engram.agent.record.LifecycleRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanCaptureTest {
  private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void start() {
    CaptureFixture.start(sink);
  }

  @AfterEach
  void stop() {
    Capture.stop();
    assertThat(Tracing.current()).isNull();
    assertThat(sink.failed).hasValue(0);
  }

  @Test
  void span_carriesWhatWasPut() {
    long before = System.currentTimeMillis() * 1_000_000;
    OpenSpan span = server();
    span.put(AttributeKey.URL_PATH, "/a")
        .put(AttributeKey.URL_PATH, "/b")
        .put(AttributeKey.HTTP_ROUTE, (String) null)
        .put(AttributeKey.SERVER_PORT, 80)
        .put(AttributeKey.of("ratio"), 0.5)
        .put(AttributeKey.of("cached"), false)
        .name("GET /{x}")
        .end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.name()).isEqualTo("GET /{x}");
    assertThat(record.attributes())
        .containsExactly(
            Map.entry("url.path", "/b"),
            Map.entry("server.port", 80L),
            Map.entry("ratio", 0.5),
            Map.entry("cached", false));
    assertThat(record.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(record.category()).isEqualTo(Category.HTTP);
    assertThat(record.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(record.begun()).isFalse();
    assertThat(record.durationNanos()).isPositive();
    assertThat(record.startEpochNanos())
        .isBetween(before - 1_000_000_000, before + 60_000_000_000L);
    assertThat(sink.worthOf(RecordKind.SPAN)).isEqualTo(Worth.ORDINARY);
  }

  @Test
  void begunSpan_carriesWhatWasPutBeforeAndAfterItsNote() {
    OpenSpan span = server().put(AttributeKey.URL_PATH, "/a").put(AttributeKey.URL_QUERY, "pwd=x");
    span.begun().put(AttributeKey.HTTP_ROUTE, "/{x}").put(AttributeKey.SERVER_PORT, 80).end();

    Map<String, Object> noted = Map.of("url.path", "/a", "url.query", "pwd=[redacted]");
    assertThat(sink.only(BegunRecord.class).attributes()).isEqualTo(noted);
    assertThat(sink.only(SpanRecord.class).attributes())
        .containsAllEntriesOf(noted)
        .containsEntry("http.route", "/{x}")
        .containsEntry("server.port", 80L)
        .hasSize(4);
  }

  @Test
  void begunSpan_carriesTheLastValueOfAName() {
    OpenSpan span = server().put(AttributeKey.URL_PATH, "/a").put(AttributeKey.SERVER_PORT, 80);
    span.begun().put(AttributeKey.URL_PATH, "/b").end();

    assertThat(sink.only(BegunRecord.class).attributes()).containsEntry("url.path", "/a");
    assertThat(sink.only(SpanRecord.class).attributes())
        .isEqualTo(Map.of("url.path", "/b", "server.port", 80L));
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, 2})
  void wallClockJump_insideASpan_leavesItsDuration(long days) {
    AtomicLong monotonic = new AtomicLong(7);
    AtomicLong epoch = new AtomicLong(1_700_000_000_000_000_000L);
    EpochClock clock = new EpochClock(monotonic::get, epoch::get);
    Capture.start(
        new Capture(
            sink,
            CaptureFixture.redaction(),
            CaptureFixture.LIMITS,
            CaptureFixture.EVERYTHING,
            clock));
    final long started = epoch.get();
    OpenSpan span = server();
    monotonic.addAndGet(30);
    epoch.addAndGet(TimeUnit.DAYS.toNanos(days));
    clock.reanchor();
    final OpenSpan next = server();
    monotonic.addAndGet(20);
    span.end();
    next.end();

    List<SpanRecord> records = sink.all(SpanRecord.class);
    assertThat(records).extracting(SpanRecord::durationNanos).containsExactly(50L, 20L);
    assertThat(records)
        .extracting(SpanRecord::startEpochNanos)
        .containsExactly(started, epoch.get());
  }

  @Test
  void child_belongsToTheCurrentSpan() {
    OpenSpan parent = server().enter();
    OpenSpan child = Tracing.open(SpanKind.CLIENT, Category.SQL, "SELECT");
    assertThat(Tracing.current()).isSameAs(parent);
    child.end();
    parent.leave();
    parent.end();
    SpanRecord inner = sink.all(SpanRecord.class).get(0);
    SpanRecord outer = sink.all(SpanRecord.class).get(1);
    assertThat(inner.parentSpanId()).isEqualTo(outer.spanId());
    assertThat(inner.traceIdHigh()).isEqualTo(outer.traceIdHigh());
    assertThat(inner.traceIdLow()).isEqualTo(outer.traceIdLow());
    assertThat(outer.parentSpanId()).isZero();
    assertThat(inner.startEpochNanos()).isGreaterThanOrEqualTo(outer.startEpochNanos());
  }

  @Test
  void leave_dropsSpansThatForgotToLeave() {
    OpenSpan outer = server().enter();
    OpenSpan forgotten = server().enter();
    outer.leave();
    assertThat(Tracing.current()).isNull();
    forgotten.leave();
    outer.leave();
    assertThat(Tracing.current()).isNull();
  }

  @Test
  void remoteCaller_isContinued() {
    OpenSpan span = server().continueFrom(CALLER);
    span.end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.traceIdHigh()).isEqualTo(0x4bf92f3577b34da6L);
    assertThat(record.traceIdLow()).isEqualTo(0xa3ce929d0e0e4736L);
    assertThat(record.parentSpanId()).isEqualTo(0x00f067aa0ba902b7L);
    assertThat(span.traceparent())
        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-%016x-01".formatted(record.spanId()));
  }

  @Test
  void callersDecisionNotToSample_holdsForWhoeverIsCalled() {
    OpenSpan span = server().continueFrom(CALLER.substring(0, CALLER.length() - 2) + "00");

    assertThat(span.traceparent()).endsWith("-00");
    assertThat(server().traceparent()).endsWith("-01");
  }

  @Test
  void remoteCaller_isIgnoredBelowALocalSpanAndAfterBegun() {
    OpenSpan parent = server().begun().continueFrom(CALLER).enter();
    OpenSpan child = server().continueFrom(CALLER);
    child.end();
    parent.leave();
    parent.end();
    assertThat(sink.all(SpanRecord.class))
        .noneMatch(record -> record.traceIdHigh() == 0x4bf92f3577b34da6L);
  }

  @Test
  void begun_isSentAtOnceAndNamedByTheEnd() {
    OpenSpan span = server().put(AttributeKey.URL_PATH, "/a").begun();
    BegunRecord begun = sink.only(BegunRecord.class);
    assertThat(begun.attributes()).containsEntry("url.path", "/a");
    span.end();
    span.end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.begun()).isTrue();
    assertThat(record.spanId()).isEqualTo(begun.spanId());
    assertThat(record.startEpochNanos()).isEqualTo(begun.startEpochNanos());
    assertThat(sink.worthOf(RecordKind.BEGUN)).isEqualTo(Worth.ORDINARY);
    assertThat(sink.worthOf(RecordKind.SPAN)).isEqualTo(Worth.RESERVED);
  }

  @Test
  void refusedBegun_isNotNamedByTheEnd() {
    sink.refuses = kind -> kind == RecordKind.BEGUN;
    server().begun().end();
    assertThat(sink.only(SpanRecord.class).begun()).isFalse();
    assertThat(sink.worthOf(RecordKind.SPAN)).isEqualTo(Worth.ORDINARY);
  }

  @Test
  void refusedEndOfABegunSpan_leavesAnEndedNote() {
    sink.refuses = kind -> kind == RecordKind.SPAN;
    server().begun().fail("timeout", null).end();
    EndedRecord ended = sink.only(EndedRecord.class);
    BegunRecord begun = sink.only(BegunRecord.class);
    assertThat(ended.spanId()).isEqualTo(begun.spanId());
    assertThat(ended.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(ended.endEpochNanos()).isEqualTo(begun.startEpochNanos() + ended.durationNanos());
    assertThat(sink.worthOf(RecordKind.ENDED)).isEqualTo(Worth.RESERVED);
  }

  @Test
  void refusedEndWithoutBegun_leavesNothing() {
    sink.refuses = kind -> kind == RecordKind.SPAN;
    server().end();
    assertThat(sink.accepted).isEmpty();
  }

  @Test
  void aiWork_isAlwaysReserved() {
    Tracing.open(SpanKind.CLIENT, Category.AI, "chat").begun().end();
    assertThat(sink.worthOf(RecordKind.BEGUN)).isEqualTo(Worth.RESERVED);
    assertThat(sink.worthOf(RecordKind.SPAN)).isEqualTo(Worth.RESERVED);
  }

  @Test
  void serverError_isReserved() {
    server().put(AttributeKey.HTTP_RESPONSE_STATUS_CODE, 503).end();
    assertThat(sink.worthOf(RecordKind.SPAN)).isEqualTo(Worth.RESERVED);
  }

  @Test
  void errorsLevel_keepsFailuresAlone() {
    CaptureFixture.start(sink, CaptureFixture.LIMITS, CaptureLevel.ERRORS);
    server().begun().end();
    assertThat(sink.accepted).isEmpty();
    server().begun().fail("timeout", "slow").end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(record.statusDescription()).isEqualTo("slow");
    assertThat(record.attributes()).containsEntry("error.type", "timeout");
  }

  @Test
  void offLevel_opensNothing() {
    CaptureFixture.start(sink, CaptureFixture.LIMITS, CaptureLevel.OFF);
    assertThat(server()).isNull();
  }

  @Test
  void spanThatIsOpenAtStop_stillEnds() {
    OpenSpan span = server();
    Capture.stop();
    assertThat(server()).isNull();
    span.end();
    sink.only(SpanRecord.class);
  }

  @Test
  void lifecycle_isRemembered() {
    Capture.lifecycle("start", Map.of("pid", 5L, "api_key", 17L));
    LifecycleRecord record = sink.only(LifecycleRecord.class);
    assertThat(record.event()).isEqualTo("start");
    assertThat(record.attributes())
        .containsOnly(Map.entry("pid", 5L), Map.entry("api_key", "[redacted]"));
  }

  @Test
  void feedback_withoutId_meansTheCurrentSpan() {
    Tracing.feedback("span", null, "good", 1, "ada", null);
    assertThat(sink.accepted).isEmpty();
    OpenSpan span = server().enter();
    Tracing.feedback("span", null, "good", 1, "ada", null);
    span.leave();
    span.end();
    assertThat(sink.only(FeedbackRecord.class).targetId())
        .isEqualTo("%016x".formatted(sink.only(SpanRecord.class).spanId()));
  }

  private static OpenSpan server() {
    return Tracing.open(SpanKind.SERVER, Category.HTTP, "GET");
  }
}
