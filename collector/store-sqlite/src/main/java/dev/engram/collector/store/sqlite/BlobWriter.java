package dev.engram.collector.store.sqlite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the compact values inside a blob: integers in groups of 7 bits, low group first, signed
 * ones zigzag; strings as twice their byte length, plus 1 when the bytes are UTF-16 instead of
 * UTF-8, then the bytes. Not thread-safe.
 */
final class BlobWriter {
  private byte[] bytes = new byte[256];
  private int length;

  BlobWriter reset() {
    length = 0;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** How many bytes {@link #toBytes} gives. */
  int length() {
    return length;
  }

  void putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void putUnsigned(long value) {
    reserve(10);
    while ((value & ~0x7fL) != 0) {
      bytes[length++] = (byte) (value & 0x7f | 0x80);
      value >>>= 7;
    }
    bytes[length++] = (byte) value;
  }

  void putSigned(long value) {
    putUnsigned(value << 1 ^ value >> 63);
  }

  void putFixed(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  void putString(String text) {
    boolean plain = SqliteText.isPlain(text);
    byte[] encoded = plain ? SqliteText.utf8(text) : SqliteText.utf16(text);
    putUnsigned(2L * encoded.length + (plain ? 0 : 1));
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  /** Their number, and the bytes. */
  void putBytes(byte[] value) {
    putUnsigned(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /** A byte that says whether there is one, and the string. */
  void putNullableString(@Nullable String text) {
    putByte(text == null ? 0 : 1);
    if (text != null) {
      putString(text);
    }
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
