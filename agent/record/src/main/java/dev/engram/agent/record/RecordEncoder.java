package dev.engram.agent.record;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record at a time into a buffer of the caller, field by field, and allocates nothing.
 * Text is cut at the limit given with it. A buffer that is too small and cannot expand gives {@link
 * IndexOutOfBoundsException}. Confined to one thread at a time.
 *
 * <p>Zero and null are what a reader assumes for a missing field, so they are left out.
 */
public final class RecordEncoder {
  /** A limit for text that must not be cut. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** Causes and suppressed throwables nested deeper than this are left out. */
  private static final int MAX_THROWABLE_DEPTH = 48;

  /** Bytes of a group's length that is not known before the group is written. */
  private static final int GROUP_LENGTH_BYTES = 4;

  private static final int MAX_VARINT_BYTES = 10;

  /** Bytes of an attribute around its name and its text. */
  private static final int ATTRIBUTE_FRAME = 24;

  private final RecordChecksum checksum = new RecordChecksum();
  private MutableDirectBuffer buffer = new UnsafeBuffer(new byte[0]);

  /** The buffer's bytes, its first at {@code base}: stores of single bytes go past its checks. */
  private byte[] array = {};

  private int base;
  private int capacity;
  private int start;
  private int position;

  /** Writes a whole record; returns its length. For records that are held as values. */
  public int encode(DecodedRecord record, MutableDirectBuffer target, int offset) {
    return RecordFields.write(this, record, target, offset);
  }

  /**
   * Begins a record at {@code offset}.
   *
   * @param target backed by an array
   */
  public RecordEncoder begin(RecordKind kind, MutableDirectBuffer target, int offset) {
    buffer = target;
    start = offset;
    buffer.putByte(start + RecordFormat.VERSION_OFFSET, (byte) RecordFormat.VERSION);
    buffer.putByte(start + RecordFormat.KIND_OFFSET, (byte) kind.code());
    buffer.putShort(
        start + RecordFormat.HEADER_LENGTH_OFFSET,
        (short) RecordFormat.HEADER_LENGTH,
        LITTLE_ENDIAN);
    position = start + RecordFormat.HEADER_LENGTH;
    expanded();
    return this;
  }

  /** Bytes written since {@link #begin}. */
  public int length() {
    return position - start;
  }

  /** Seals the record; returns its length. */
  public int end() {
    int length = length();
    buffer.putInt(
        start + RecordFormat.CHECKSUM_OFFSET, checksum.of(buffer, start, length), LITTLE_ENDIAN);
    return length;
  }

  /** Writes a number as the field's wire type says; 0 is left out. */
  public RecordEncoder put(Field field, long value) {
    if (value != 0) {
      number(field, value);
    }
    return this;
  }

  public RecordEncoder put(Field field, boolean value) {
    return put(field, value ? 1 : 0);
  }

  /** Writes a double; always, because NaN is what a reader assumes. */
  public RecordEncoder put(Field field, double value) {
    number(field, Double.doubleToRawLongBits(value));
    return this;
  }

  /** Writes at most {@code limit} bytes of a text; null is left out. */
  public RecordEncoder put(Field field, @Nullable String text, int limit) {
    if (text == null) {
      return this;
    }
    key(field);
    int lengthBytes = lengthBytes(Math.min(limit, 3L * text.length()));
    ensure(lengthBytes);
    int length = Utf8.write(buffer, position + lengthBytes, text, limit);
    expanded();
    length(position, lengthBytes, length);
    position += lengthBytes + length;
    return this;
  }

  /** Writes raw bytes; null is left out. */
  public RecordEncoder put(Field field, byte @Nullable [] bytes) {
    if (bytes != null) {
      bytesHeader(field, bytes.length);
      putEncoded(bytes);
    }
    return this;
  }

  /** Writes raw bytes out of another buffer. */
  public RecordEncoder put(Field field, DirectBuffer source, int offset, int length) {
    bytesHeader(field, length);
    buffer.putBytes(position, source, offset, length);
    position += length;
    expanded();
    return this;
  }

  /** Writes an attribute whose text is cut at {@code limit} bytes. */
  public RecordEncoder attribute(AttributeKey key, String value, int limit) {
    long bound = ATTRIBUTE_FRAME + 3L * key.name().length() + Math.min(limit, 3L * value.length());
    int group = openAttribute(key, bound);
    put(Field.ATTRIBUTE_TEXT, value, limit);
    close(group, lengthBytes(bound));
    return this;
  }

  public RecordEncoder attribute(AttributeKey key, long value) {
    return attribute(key, Field.ATTRIBUTE_LONG, value);
  }

  public RecordEncoder attribute(AttributeKey key, double value) {
    return attribute(key, Field.ATTRIBUTE_DOUBLE, Double.doubleToRawLongBits(value));
  }

  public RecordEncoder attribute(AttributeKey key, boolean value) {
    return attribute(key, Field.ATTRIBUTE_BOOLEAN, value ? 1 : 0);
  }

  /**
   * A copy of what was written since {@link #length()} was {@code from}: whole fields, for {@link
   * #putEncoded} in another record.
   */
  public byte[] encodedSince(int from) {
    byte[] fields = new byte[length() - from];
    buffer.getBytes(start + from, fields);
    return fields;
  }

  /** Writes fields that {@link #encodedSince} copied. */
  public RecordEncoder putEncoded(byte[] fields) {
    buffer.putBytes(position, fields);
    position += fields.length;
    expanded();
    return this;
  }

  /** Opens a group whose length is not known; returns what {@link #close(int)} takes. */
  public int open(Field field) {
    key(field);
    ensure(GROUP_LENGTH_BYTES);
    position += GROUP_LENGTH_BYTES;
    return position;
  }

  /** Closes the group that was opened last. */
  public RecordEncoder close(int group) {
    close(group, GROUP_LENGTH_BYTES);
    return this;
  }

  /** Writes a throwable with its causes; each message is cut at {@code messageLimit} bytes. */
  public RecordEncoder throwable(Field field, ThrowableShape thrown, int messageLimit) {
    throwable(field, thrown, messageLimit, 0);
    return this;
  }

  private void throwable(Field field, ThrowableShape thrown, int messageLimit, int depth) {
    int group = open(field);
    put(Field.THROWABLE_TYPE, thrown.type(), UNLIMITED);
    put(Field.THROWABLE_MESSAGE, thrown.message(), messageLimit);
    put(Field.THROWABLE_STACK_HASH, thrown.stackHash());
    for (int i = 0; i < thrown.frames().size(); i++) {
      frame(thrown.frames().get(i));
    }
    put(Field.THROWABLE_OMITTED_FRAMES, thrown.omittedFrames());
    if (depth < MAX_THROWABLE_DEPTH) {
      if (thrown.cause() != null) {
        throwable(Field.THROWABLE_CAUSE, thrown.cause(), messageLimit, depth + 1);
      }
      for (int i = 0; i < thrown.suppressed().size(); i++) {
        throwable(Field.THROWABLE_SUPPRESSED, thrown.suppressed().get(i), messageLimit, depth + 1);
      }
    }
    close(group);
  }

  private void frame(StackFrame frame) {
    int group = open(Field.THROWABLE_FRAME);
    put(Field.FRAME_CLASS, frame.className(), UNLIMITED);
    put(Field.FRAME_METHOD, frame.methodName(), UNLIMITED);
    put(Field.FRAME_FILE, frame.fileName(), UNLIMITED);
    put(Field.FRAME_LINE, frame.lineNumber() + 2L);
    close(group);
  }

  private RecordEncoder attribute(AttributeKey key, Field valueField, long value) {
    long bound = ATTRIBUTE_FRAME + 3L * key.name().length();
    int group = openAttribute(key, bound);
    number(valueField, value);
    close(group, lengthBytes(bound));
    return this;
  }

  private int openAttribute(AttributeKey key, long bound) {
    key(Field.ATTRIBUTE);
    ensure(lengthBytes(bound));
    position += lengthBytes(bound);
    int group = position;
    if (key.code() != 0) {
      number(Field.ATTRIBUTE_CODE, key.code());
    } else {
      put(Field.ATTRIBUTE_NAME, key.name(), UNLIMITED);
    }
    return group;
  }

  private void close(int group, int lengthBytes) {
    length(group - lengthBytes, lengthBytes, position - group);
  }

  private void number(Field field, long value) {
    key(field);
    if (field.wireType() == WireType.FIXED64) {
      ensure(Long.BYTES);
      buffer.putLong(position, value, LITTLE_ENDIAN);
      position += Long.BYTES;
    } else {
      varint(value);
    }
  }

  private void bytesHeader(Field field, int length) {
    key(field);
    varint(length);
  }

  private void key(Field field) {
    varint(field.key());
  }

  private void varint(long value) {
    ensure(MAX_VARINT_BYTES);
    int at = base + position;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[at++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    array[at++] = (byte) rest;
    position = at - base;
  }

  /** Makes room for so many bytes from here on, or throws. */
  private void ensure(int bytes) {
    if (position + bytes > capacity) {
      buffer.putByte(position + bytes - 1, (byte) 0);
      expanded();
    }
  }

  /** An expandable buffer may have taken another array. */
  private void expanded() {
    array = Objects.requireNonNull(buffer.byteArray(), "the buffer has no array");
    base = buffer.wrapAdjustment();
    capacity = buffer.capacity();
  }

  /** How many bytes a length up to {@code bound} needs. */
  private static int lengthBytes(long bound) {
    return bound < 1 << 7 ? 1 : bound < 1 << 14 ? 2 : bound < 1 << 21 ? 3 : GROUP_LENGTH_BYTES;
  }

  /** Writes a length as a varint of exactly {@code lengthBytes} bytes, padded where it is short. */
  private void length(int index, int lengthBytes, int length) {
    for (int i = 0; i < lengthBytes - 1; i++) {
      array[base + index + i] = (byte) (length >>> 7 * i | 0x80);
    }
    array[base + index + lengthBytes - 1] = (byte) (length >>> 7 * (lengthBytes - 1));
  }
}
