package dev.engram.agent.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.core.ai.ToolCall;
import dev.engram.agent.core.clock.EpochClock;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.Payload;
import dev.engram.agent.record.PayloadRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.ThrowableShape;
import dev.engram.agent.record.redaction.Redaction;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void valuesThatADatabaseQuotes_neverEnterARecord_norThroughWhatWrapsIt() {
    SQLException refused = new SQLException("near 's3cr3t'");
    refused.initCause(new NumberFormatException("For input string: \"s3cr3t\""));
    refused.addSuppressed(new SQLException("Key (a)=(s3cr3t) already exists."));
    IllegalStateException wrapping =
        new IllegalStateException("[insert into a values ('s3cr3t')]", refused);
    open().fail(wrapping, ExceptionOrigin.ESCAPED, null).end();

    ThrowableShape thrown = sink.only(ExceptionRecord.class).thrown();
    assertThat(thrown.message()).isEqualTo("[insert into a values (?)]");
    assertThat(thrown.cause().message()).isEqualTo("near ?");
    assertThat(thrown.cause().cause().message()).isEqualTo("For input string: ?");
    assertThat(thrown.cause().suppressed().get(0).message())
        .isEqualTo("Key (a)=(?) already exists.");
    assertThat(sink.only(SpanRecord.class).statusDescription())
        .isEqualTo("[insert into a values (?)]");
  }

  /** The driver's exception tells, though it is not kept itself. */
  @Test
  void valuesThatADatabaseQuotes_areFound_whereNoCauseIsKept() {
    CaptureLimits limits =
        new CaptureLimits(4096, 128, 1 << 20, 8192, 256, 0, 8, CaptureFixture.AI);
    CaptureFixture.start(sink, limits, CaptureLevel.ALL);
    Exception closing = new Exception("not closed");
    closing.addSuppressed(wrapped(2, "Key (a)=(s3cr3t) already exists."));
    Tracing.exception(wrapped(2, "near 's3cr3t'"), ExceptionOrigin.ESCAPED, null);
    Tracing.exception(closing, ExceptionOrigin.ESCAPED, null);
    Tracing.unobserved(wrapped(2, "near 's3cr3t', later"), "com.acme.Task#run");
    Capture.endHeld();

    List<ExceptionRecord> records = sink.all(ExceptionRecord.class);
    assertThat(records).allMatch(record -> record.thrown().cause() == null);
    assertThat(records)
        .extracting(record -> record.thrown().message())
        .containsExactly("near ?", "not closed", "near ?, later");
    assertThat(records.get(1).thrown().suppressed().get(0).message())
        .isEqualTo("Key (a)=(?) already exists.");
  }

  @Test
  void valuesThatADatabaseQuotes_areFound_whereTheRecordIsTooSmall() {
    sink.maxRecordLength = 4096;
    Throwable thrown = wrapped(7, "near 's3cr3t' " + "long ".repeat(2_000));
    Tracing.exception(thrown, ExceptionOrigin.ESCAPED, null);

    ThrowableShape next = sink.only(ExceptionRecord.class).thrown();
    while (next != null) {
      assertThat(next.type()).isEqualTo("java.lang.Exception");
      assertThat(next.message()).startsWith("near ? ");
      next = next.cause();
    }
  }

  @Test
  void chainOfCausesWithoutEnd_isTakenForADatabases() {
    Tracing.exception(wrapped(1_000, "near 's3cr3t'"), ExceptionOrigin.ESCAPED, null);
    assertThat(sink.only(ExceptionRecord.class).thrown().message()).isEqualTo("near ?");
  }

  @Test
  void logsText_isRedactedAsTheMessageThatItMayRepeat() {
    Exception refused = new Exception("Not saved", new SQLException("near 's3cr3t'"));
    Tracing.logged(refused, "com.acme.Shop$Jobs$Nightly", "Not saved: near 's3cr3t'");
    assertThat(sink.only(ExceptionRecord.class).site())
        .isEqualTo("com.acme.Shop$Jobs$Nightly: Not saved: near ?");
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
  void quotesOfOtherExceptions_areKept() {
    open().fail(new Exception("no user 'ada'"), ExceptionOrigin.ESCAPED, null).end();
    assertThat(sink.only(ExceptionRecord.class).thrown().message()).isEqualTo("no user 'ada'");
    assertThat(sink.only(SpanRecord.class).statusDescription()).isEqualTo("no user 'ada'");
  }

  @Test
  void payloadThatWasCutBefore_losesItsLastWord() {
    open().payload("input", "text/plain", "see amqp://ada:s3cr3t", 4711).end();
    Payload payload = sink.only(SpanRecord.class).payloads().get(0);
    assertThat(text(payload)).isEqualTo("see ");
    assertThat(payload.size()).isEqualTo(4711);
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

  @Test
  void smallPayload_travelsInsideItsSpan() {
    open().payload("input", "text/plain", "héllo").end();
    Payload payload = sink.only(SpanRecord.class).payloads().get(0);
    assertThat(payload.name()).isEqualTo("input");
    assertThat(payload.contentType()).isEqualTo("text/plain");
    assertThat(payload.size()).isEqualTo(6);
    assertThat(payload.truncated()).isFalse();
    assertThat(payload.payloadId()).isZero();
    assertThat(text(payload)).isEqualTo("héllo");
  }

  @Test
  void emptyPayload_isKept() {
    open().payload("output", null, "").end();
    assertThat(sink.only(SpanRecord.class).payloads().get(0).bytes()).isEmpty();
  }

  @Test
  void largePayload_travelsInPartsBeforeItsSpan() {
    sink.maxRecordLength = 4096;
    String content = "0123456789€".repeat(2_000);
    open().payload("input", null, content).payload("output", null, "short").end();
    List<PayloadRecord> parts = sink.all(PayloadRecord.class);
    Payload payload = sink.only(SpanRecord.class).payloads().get(0);
    assertThat(payload.payloadId()).isNotZero();
    assertThat(payload.bytes()).isNull();
    assertThat(payload.truncated()).isFalse();
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      PayloadRecord part = parts.get(i);
      assertThat(part.part()).isEqualTo(i);
      assertThat(part.parts()).isEqualTo(parts.size());
      assertThat(part.payloadId()).isEqualTo(payload.payloadId());
      assertThat(part.contentHash()).isEqualTo(parts.get(0).contentHash()).isNotZero();
      joined.writeBytes(part.bytes());
    }
    assertThat(joined.toString(StandardCharsets.UTF_8)).isEqualTo(content);
    assertThat(payload.size()).isEqualTo(joined.size());
    assertThat(sink.accepted.get(sink.accepted.size() - 1).kind()).isEqualTo(RecordKind.SPAN);
    assertThat(text(sink.only(SpanRecord.class).payloads().get(1))).isEqualTo("short");
  }

  @Test
  void payloadBeyondTheLimit_isCutAndSaysSo() {
    open().payload("input", null, "x".repeat((1 << 20) + 5)).end();
    Payload payload = sink.only(SpanRecord.class).payloads().get(0);
    assertThat(payload.truncated()).isTrue();
    assertThat(payload.size()).isEqualTo((1 << 20) + 5);
    assertThat(sink.all(PayloadRecord.class).stream().mapToInt(part -> part.bytes().length).sum())
        .isEqualTo(1 << 20);
  }

  @Test
  void contentOfModelsAndTools_isKeptAsConfigured() {
    for (Category category : List.of(Category.AI, Category.TOOL, Category.METHOD)) {
      boolean content = category != Category.METHOD;
      assertThat(contentOf(category, new AiContent(false, 100))).isEqualTo("password=[redacted]");
      assertThat(contentOf(category, new AiContent(true, 100)))
          .isEqualTo(content ? "password=hunter22" : "password=[redacted]");
      assertThat(contentOf(category, new AiContent(false, 0)))
          .isEqualTo(content ? "" : "password=[redacted]");
    }
  }

  @Test
  void whatAToolGaveAsItsError_isContentToo() {
    for (int limit : new int[] {100, 0}) {
      MemorySink ring = new MemorySink();
      CaptureLimits limits =
          new CaptureLimits(4096, 128, 100, 8192, 256, 8, 8, new AiContent(false, limit));
      CaptureFixture.start(ring, limits, CaptureLevel.ALL);
      ToolCall call = ToolCall.open("find", null, null);
      call.fail("tool_error", "no such patient");
      assertThat(ring.only(SpanRecord.class).statusDescription())
          .isEqualTo(limit == 0 ? null : "no such patient");
    }
  }

  /** Only its beginning is redacted then, with what may be half a secret left out. */
  @Test
  void contentInTheNoteOfABeginning_isCutBeforeNoSecret() {
    for (int before = 1_700; before < 2_100; before++) {
      MemorySink ring = new MemorySink();
      ring.maxRecordLength = 4096;
      CaptureFixture.start(ring, CaptureFixture.LIMITS, CaptureLevel.ALL);
      String prompt = "x".repeat(before) + " password=hunter22 " + "y ".repeat(9_000);
      Tracing.open(SpanKind.CLIENT, Category.AI, "chat")
          .payload("gen_ai.input.messages", "text/plain", prompt)
          .begun()
          .end();

      assertThat(ring.only(BegunRecord.class).attributes().get("gen_ai.input.messages"))
          .asString()
          .hasSizeGreaterThan(1_500)
          .doesNotContain("hunt");
    }
  }

  /** About a twentieth of this on a busy machine; content is limited to four of these. */
  @ParameterizedTest
  @ValueSource(strings = {"a prompt ", "{\"password\":\"x\", \\u003d a@b key=sk-1 };", "4111 "})
  void mebibyteOfContent_isRedactedInBoundedTime(String unit) {
    String text = "[" + unit.repeat((1 << 20) / unit.length());
    long start = System.nanoTime();
    CaptureFixture.redaction().document("gen_ai.input.messages", "application/json", text, true);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(5);
  }

  /** At the edges of what travels inside, of one, two and three parts, and of what is kept. */
  @ParameterizedTest
  @ValueSource(ints = {1984, 4032, 2 * 4032, 3 * 4032, 14_000})
  void payloadAtAnEdge_arrivesWhole(int edge) {
    int kept = 14_000;
    CaptureLimits limits =
        new CaptureLimits(4096, 128, kept, 8192, 256, 8, 8, new AiContent(false, kept));
    for (int length = edge - 1; length <= edge + 1; length++) {
      MemorySink ring = new MemorySink();
      ring.maxRecordLength = 4096;
      CaptureFixture.start(ring, limits, CaptureLevel.ALL);
      String content = "0123456789".repeat(length / 10 + 1).substring(0, length);
      open().payload("input", null, content).end();

      Payload payload = ring.only(SpanRecord.class).payloads().get(0);
      ByteArrayOutputStream arrived = new ByteArrayOutputStream();
      if (payload.bytes() != null) {
        arrived.writeBytes(payload.bytes());
      }
      ring.all(PayloadRecord.class).forEach(part -> arrived.writeBytes(part.bytes()));
      assertThat(arrived.toString(StandardCharsets.UTF_8))
          .isEqualTo(content.substring(0, Math.min(length, kept)));
      assertThat(payload.bytes() == null).isEqualTo(length > 1984);
      assertThat(ring.all(PayloadRecord.class))
          .hasSize(length > 1984 ? (Math.min(length, kept) + 4031) / 4032 : 0);
      assertThat(payload.truncated()).isEqualTo(length > kept);
      assertThat(payload.size()).isEqualTo(length);
      assertThat(ring.refused).isEmpty();
      assertThat(ring.failed).hasValue(0);
    }
  }

  @Test
  void partRefusedInTheMiddle_leavesASpanThatSaysSo_andTheNextPayloadWhole() {
    sink.maxRecordLength = 4096;
    sink.refuses = kind -> kind == RecordKind.PAYLOAD && sink.accepted.size() == 1;
    open().payload("input", null, "x".repeat(15_000)).end();
    sink.refuses = kind -> false;
    open().payload("input", null, "y".repeat(15_000)).end();

    List<SpanRecord> spans = sink.all(SpanRecord.class);
    Payload lost = spans.get(0).payloads().get(0);
    Payload whole = spans.get(1).payloads().get(0);
    assertThat(lost.truncated()).isTrue();
    assertThat(lost.payloadId()).isZero();
    assertThat(lost.size()).isEqualTo(15_000);
    assertThat(whole.truncated()).isFalse();
    List<PayloadRecord> parts = sink.all(PayloadRecord.class);
    assertThat(parts.subList(1, parts.size()))
        .hasSize(4)
        .allMatch(part -> part.payloadId() == whole.payloadId());
    assertThat(parts.get(0).payloadId()).isNotEqualTo(whole.payloadId());
    assertThat(sink.refused).containsExactly(RecordKind.PAYLOAD);
  }

  @Test
  void refusedPart_leavesASpanThatSaysSo() {
    sink.maxRecordLength = 4096;
    sink.refuses = kind -> kind == RecordKind.PAYLOAD;
    open().payload("input", null, "x".repeat(10_000)).end();
    Payload payload = sink.only(SpanRecord.class).payloads().get(0);
    assertThat(payload.truncated()).isTrue();
    assertThat(payload.payloadId()).isZero();
    assertThat(payload.size()).isEqualTo(10_000);
    assertThat(payload.bytes()).isEmpty();
  }

  /** A driver's exception in so many others, all of which repeat what it says. */
  private static Throwable wrapped(int times, String message) {
    Throwable thrown = new SQLException(message);
    for (int i = 0; i < times; i++) {
      thrown = new Exception(message, thrown);
    }
    return thrown;
  }

  private static String text(Payload payload) {
    return new String(payload.bytes(), StandardCharsets.UTF_8);
  }

  private static OpenSpan open() {
    return Tracing.open(SpanKind.CLIENT, Category.AI, "chat");
  }

  private static String contentOf(Category category, AiContent ai) {
    MemorySink ring = new MemorySink();
    CaptureLimits limits = new CaptureLimits(4096, 128, 1000, 8192, 256, 8, 8, ai);
    CaptureFixture.start(ring, limits, CaptureLevel.ALL);
    String content = "password=hunter22";
    Tracing.open(SpanKind.INTERNAL, category, "it").payload("input", null, content).begun().end();
    Payload payload = ring.only(SpanRecord.class).payloads().get(0);
    assertThat(payload.size()).isGreaterThanOrEqualTo(content.length());
    String kept = text(payload);
    assertThat(payload.truncated()).isEqualTo(kept.isEmpty());
    assertThat(ring.only(BegunRecord.class).attributes().getOrDefault("input", "")).isEqualTo(kept);
    return kept;
  }
}
