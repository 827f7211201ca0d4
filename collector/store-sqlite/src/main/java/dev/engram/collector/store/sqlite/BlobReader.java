package dev.engram.collector.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BlobWriter} wrote; bytes that are missing are reported as damage. */
final class BlobReader {
  private final byte[] bytes;
  private int at;

  BlobReader(byte @Nullable [] bytes) throws SQLException {
    this.bytes = required(bytes);
  }

  /** A value that every row has. */
  static byte[] required(byte @Nullable [] bytes) throws SQLException {
    if (bytes == null) {
      throw Failures.damage("a value is missing");
    }
    return bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  int getByte() throws SQLException {
    require(1);
    return bytes[at++] & 0xff;
  }

  long getUnsigned() throws SQLException {
    long value = 0;
    int group;
    int shift = 0;
    do {
      group = getByte();
      value |= (long) (group & 0x7f) << shift;
      shift += 7;
    } while (group >= 0x80);
    return value;
  }

  long getSigned() throws SQLException {
    long value = getUnsigned();
    return value >>> 1 ^ -(value & 1);
  }

  long getFixed() throws SQLException {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | getByte();
    }
    return value;
  }

  String getString() throws SQLException {
    long tag = getUnsigned();
    int size = require(tag >>> 1);
    at += size;
    return (tag & 1) == 0
        ? new String(bytes, at - size, size, StandardCharsets.UTF_8)
        : SqliteText.fromUtf16(Arrays.copyOfRange(bytes, at - size, at));
  }

  byte[] getBytes() throws SQLException {
    int size = require(getUnsigned());
    at += size;
    return Arrays.copyOfRange(bytes, at - size, at);
  }

  void skipString() throws SQLException {
    int size = require(getUnsigned() >>> 1);
    at += size;
  }

  void skipNullableString() throws SQLException {
    if (getByte() != 0) {
      skipString();
    }
  }

  @Nullable String getNullableString() throws SQLException {
    return getByte() == 0 ? null : getString();
  }

  private int require(long size) throws SQLException {
    if (size > bytes.length - at || size < 0) {
      throw Failures.damage("a value ends too early");
    }
    return (int) size;
  }
}
