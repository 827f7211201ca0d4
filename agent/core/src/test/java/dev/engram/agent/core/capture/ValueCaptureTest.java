package dev.engram.agent.core.capture;

import static dev.engram.agent.core.capture.CaptureFixture.open;
import static dev.engram.agent.core.capture.CaptureFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.redaction.Redaction;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redaction and limits, where values enter records. */
class ValueCaptureTest {
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
  void secrets_neverEnterARecord() {
    open()
        .put(AttributeKey.of("password"), "s3cr3t")
        .put(AttributeKey.of("password.pin"), 1234)
        .put(AttributeKey.of("Cookie"), "s3cr3t")
        .put(AttributeKey.of("secret"), true)
        .put(AttributeKey.of("secret.weight"), 1.5)
        .put(AttributeKey.URL_QUERY, "a=1&token=s3cr3t")
        .payload("client_secret", null, "s3cr3t")
        .end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.attributes())
        .containsEntry("password", "[redacted]")
        .containsEntry("password.pin", "[redacted]")
        .containsEntry("secret.weight", "[redacted]")
        .containsEntry("Cookie", "[redacted]")
        .containsEntry("secret", "[redacted]")
        .containsEntry("url.query", "a=1&token=[redacted]");
    assertThat(text(record.payloads().get(0))).isEqualTo("[redacted]");
    assertThat(record.payloads().get(0).size()).isEqualTo("[redacted]".length());
  }

  @Test
  void redaction_comesBeforeTheCut() {
    open().put(AttributeKey.URL_QUERY, "x=" + "y".repeat(4090) + "&token=s3cr3t").end();
    assertThat(sink.only(SpanRecord.class).attributes().get("url.query").toString())
        .hasSize(4096)
        .endsWith("y&tok");
  }

  /**
   * Of what is kept, four times as much is looked at; all of it would take memory many times over.
   */
  @Test
  void veryLongText_costsWhatIsKeptOfIt() {
    String text = "{\"note\":\"a\\/b\",\"password\":\"s3cr3t\"},".repeat(1 << 19);
    OpenSpan span =
        open().put(AttributeKey.of("note"), text).payload("input", "application/json", text);
    long before = allocated();
    span.fail(new Exception(text), ExceptionOrigin.ESCAPED, null).end();
    long allocated = allocated() - before;

    assertThat(allocated).isLessThan(4L * text.length());
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.attributes().get("note").toString()).hasSize(4096).doesNotContain("s3cr3t");
    assertThat(record.payloads().get(0).size()).isEqualTo(text.length());
    assertThat(record.payloads().get(0).truncated()).isTrue();
    assertThat(sink.only(ExceptionRecord.class).thrown().message())
        .hasSize(8192)
        .doesNotContain("s3cr3t");
  }

  /** Bytes that this thread has taken so far. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void messages_passTheSamePlace() {
    Redaction messages = new Redaction(List.of("exception.message"));
    Capture.start(
        new Capture(
            sink, messages, CaptureFixture.LIMITS, CaptureFixture.EVERYTHING, EpochClock.SYSTEM));
    open().fail(new Exception("a", new Exception("b")), ExceptionOrigin.ESCAPED, null).end();
    ExceptionRecord record = sink.only(ExceptionRecord.class);
    assertThat(record.thrown().message()).isEqualTo("[redacted]");
    assertThat(record.thrown().cause().message()).isEqualTo("[redacted]");
    assertThat(sink.only(SpanRecord.class).statusDescription()).isEqualTo("[redacted]");
  }

  @Test
  void textsOfLogs_areHiddenWithMessages() {
    Redaction messages = new Redaction(List.of("exception.message"));
    Capture.start(
        new Capture(
            sink, messages, CaptureFixture.LIMITS, CaptureFixture.EVERYTHING, EpochClock.SYSTEM));
    Tracing.logged(new Exception("a"), "com.acme.Orders", "Not saved: a");
    Tracing.logged(new Exception("b"), "com.acme.Orders", null);
    assertThat(sink.all(ExceptionRecord.class))
        .extracting(ExceptionRecord::site)
        .containsExactly("com.acme.Orders: [redacted]", "com.acme.Orders");
  }

  @Test
  void longTexts_areCutOnACharacter() {
    open()
        .put(AttributeKey.DB_QUERY_TEXT, "€".repeat(5_000))
        .name("n".repeat(5_000))
        .fail("error", "d".repeat(10_000))
        .end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.attributes().get("db.query.text")).isEqualTo("€".repeat(4096 / 3));
    assertThat(record.name()).hasSize(1024);
    assertThat(record.statusDescription()).hasSize(8192);
  }

  @Test
  void attributesBeyondTheLimit_areCounted() {
    OpenSpan span = open();
    for (int i = 0; i < 200; i++) {
      span.put(AttributeKey.of("key" + i), i);
    }
    span.put(AttributeKey.of("key5"), -5).end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.attributes()).hasSize(128).containsEntry("key5", -5L);
    assertThat(record.droppedAttributes()).isEqualTo(72);
  }

  @Test
  void spanOfManyLargeAttributes_fitsTheSmallestRing() {
    sink.maxRecordLength = 4096;
    OpenSpan span = open().begun();
    for (int i = 0; i < 100; i++) {
      span.put(AttributeKey.of("key" + i), "v".repeat(1_000));
    }
    span.name("n".repeat(3_000)).fail("e", "d".repeat(3_000));
    span.payload("input", "text/plain", "p".repeat(1_500)).end();
    SpanRecord record = sink.only(SpanRecord.class);
    assertThat(record.attributes().size() + record.droppedAttributes()).isEqualTo(101);
    assertThat(text(record.payloads().get(0))).hasSize(1_500);
    assertThat(sink.refused).isEmpty();
  }
}
