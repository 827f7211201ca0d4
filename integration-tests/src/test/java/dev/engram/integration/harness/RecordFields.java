package dev.engram.integration.harness;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A record taken apart and put together by what {@code docs/record-format.md} says of its bytes,
 * and not by the code that it describes. Runs inside patched agents.
 */
public final class RecordFields {
  private static final int HEADER = 8;

  private final byte[] bytes;

  public RecordFields(DirectBuffer buffer, int offset, int length) {
    bytes = new byte[length];
    buffer.getBytes(offset, bytes);
  }

  public int kind() {
    return bytes[1];
  }

  /** The fields of these tags as they are, one after the other. */
  public byte[] fields(IntPredicate tags) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    int at = HEADER;
    while (at < bytes.length) {
      int end = endOfField(at);
      if (tags.test((int) (varint(at) >>> 3))) {
        kept.write(bytes, at, end - at);
      }
      at = end;
    }
    return kept.toByteArray();
  }

  /** A record of this version and kind, with a right checksum. */
  public static UnsafeBuffer record(int version, int kind, byte[] moreHeader, byte[]... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) version).put((byte) kind).putShort((short) (HEADER + moreHeader.length));
    out.writeBytes(header.array());
    out.writeBytes(moreHeader);
    for (byte[] some : fields) {
      out.writeBytes(some);
    }
    byte[] record = out.toByteArray();
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, 4);
    checksum.update(record, HEADER, record.length - HEADER);
    ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) checksum.getValue());
    return new UnsafeBuffer(record);
  }

  private int endOfField(int at) {
    int value = afterVarint(at);
    return switch ((int) (varint(at) & 7)) {
      case 0 -> afterVarint(value);
      case 1 -> value + Long.BYTES;
      case 2 -> afterVarint(value) + (int) varint(value);
      default -> throw new IllegalStateException("wire type at " + at);
    };
  }

  private int afterVarint(int at) {
    int end = at;
    while (bytes[end] < 0) {
      end++;
    }
    return end + 1;
  }

  private long varint(int at) {
    long value = 0;
    for (int i = afterVarint(at) - 1; i >= at; i--) {
      value = value << 7 | bytes[i] & 0x7F;
    }
    return value;
  }
}
