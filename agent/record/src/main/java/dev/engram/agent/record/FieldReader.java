package dev.engram.agent.record;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks over fields in bytes that nobody else changes. Everything that does not fit its bounds
 * gives {@link MalformedFieldException}. Confined to one thread.
 */
final class FieldReader {
  private final byte[] bytes;
  private final int end;
  private final int depth;
  private final int[] fieldsLeft;
  private int position;
  private int tag;
  private int wireType;
  private @Nullable Field field;

  /** Reads from {@code position} to the end. */
  FieldReader(byte[] bytes, int position) {
    this(bytes, position, bytes.length, 0, new int[] {RecordFormat.MAX_FIELDS});
  }

  private FieldReader(byte[] bytes, int position, int end, int depth, int[] fieldsLeft) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.depth = depth;
    this.fieldsLeft = fieldsLeft;
  }

  /**
   * Moves to the next field that this version knows, passing over others; false at the end. The
   * value must then be read.
   */
  boolean next(Field.Scope scope) {
    while (position < end) {
      readKey();
      field = Field.ofTag(scope, tag);
      if (field != null) {
        return true;
      }
      skip();
    }
    return false;
  }

  /** The field that {@link #next} found. */
  Field field() {
    return Objects.requireNonNull(field);
  }

  private void readKey() {
    if (--fieldsLeft[0] < 0) {
      throw new MalformedFieldException("more than " + RecordFormat.MAX_FIELDS + " fields");
    }
    long key = varint();
    if (key < 8 || key > Integer.MAX_VALUE) {
      throw new MalformedFieldException("field key " + key);
    }
    tag = (int) (key >>> 3);
    wireType = (int) (key & 7);
  }

  long number() {
    if (wireType == WireType.FIXED64.code()) {
      return fixed64();
    }
    require(WireType.VARINT);
    return varint();
  }

  /** Numbers beyond an int are held at its ends. */
  int smallNumber() {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number()));
  }

  boolean flag() {
    return number() != 0;
  }

  double real() {
    require(WireType.FIXED64);
    return Double.longBitsToDouble(fixed64());
  }

  String text() {
    int length = bytesLength();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  byte[] raw() {
    int length = bytesLength();
    byte[] raw = new byte[length];
    System.arraycopy(bytes, position, raw, 0, length);
    position += length;
    return raw;
  }

  /** A reader of the group's own fields; this reader goes on after the group. */
  FieldReader group() {
    if (depth == RecordFormat.MAX_DEPTH) {
      throw new MalformedFieldException("groups deeper than " + RecordFormat.MAX_DEPTH);
    }
    int length = bytesLength();
    FieldReader group = new FieldReader(bytes, position, position + length, depth + 1, fieldsLeft);
    position += length;
    return group;
  }

  private void skip() {
    if (wireType == WireType.BYTES.code()) {
      int length = bytesLength();
      position += length;
    } else {
      number();
    }
  }

  private int bytesLength() {
    require(WireType.BYTES);
    long length = varint();
    if (length < 0 || length > end - position) {
      throw new MalformedFieldException("field " + tag + " is longer than what holds it");
    }
    return (int) length;
  }

  private void require(WireType expected) {
    if (wireType != expected.code()) {
      throw new MalformedFieldException("field " + tag + " has wire type " + wireType);
    }
  }

  private long fixed64() {
    if (end - position < Long.BYTES) {
      throw new MalformedFieldException("field " + tag + " is cut");
    }
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = value << 8 | bytes[position + i] & 0xFF;
    }
    position += Long.BYTES;
    return value;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position == end) {
        throw new MalformedFieldException("a number is cut");
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedFieldException("a number of more than 10 bytes");
  }
}
