package dev.engram.agent.core.capture;

import static dev.engram.agent.core.capture.CaptureFixture.open;
import static dev.engram.agent.core.capture.CaptureFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.Payload;
import dev.engram.agent.record.PayloadRecord;
import dev.engram.agent.record.RecordKind;
import dev.engram.agent.record.SpanRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads travel whole, inside their span or in parts before it, or say what is missing. */
class CapturedPayloadTest {
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
  void payloadThatWasCutBefore_losesItsLastWord() {
    open().payload("input", "text/plain", "see amqp://ada:s3cr3t", 4711).end();
    Payload payload = sink.only(SpanRecord.class).payloads().get(0);
    assertThat(text(payload)).isEqualTo("see ");
    assertThat(payload.size()).isEqualTo(4711);
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
}
