package dev.engram.collector.intake;

import dev.engram.agent.record.Category;
import dev.engram.agent.record.DecodedRecord;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.ExceptionRecord;
import dev.engram.agent.record.RecordEncoder;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import dev.engram.agent.record.StackFrame;
import dev.engram.agent.record.ThrowableShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Records for tests. */
final class TestRecords {
  private TestRecords() {}

  /** A span whose id tells it from the others. */
  static SpanRecord span(long id) {
    return new SpanRecord(
        1_000_000 + id,
        7,
        id,
        id,
        0,
        SpanKind.SERVER,
        Category.HTTP,
        false,
        "GET /orders",
        1_000,
        SpanStatus.OK,
        null,
        Map.of("url.path", "/orders/" + id),
        List.of(),
        0);
  }

  /** An exception with these frames, or with none when they were sent before. */
  static ExceptionRecord exception(long stackHash, StackFrame... frames) {
    ThrowableShape thrown =
        new ThrowableShape(
            "java.lang.IllegalStateException",
            "no stock",
            stackHash,
            List.of(frames),
            0,
            null,
            List.of());
    return new ExceptionRecord(
        5_000, 7, 9, 9, ExceptionOrigin.ESCAPED, "http-1", "com.acme.Shop#buy", thrown);
  }

  static byte[] bytes(DecodedRecord record) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 << 10]);
    int length = new RecordEncoder().encode(record, buffer, 0);
    return Arrays.copyOf(buffer.byteArray(), length);
  }

  /** The same bytes under a right checksum. */
  static byte[] sealed(byte[] record) {
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, 4);
    checksum.update(record, 8, record.length - 8);
    ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) checksum.getValue());
    return record;
  }
}
