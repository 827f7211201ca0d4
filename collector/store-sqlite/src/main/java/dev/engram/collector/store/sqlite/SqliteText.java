package dev.engram.collector.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Strings that come back as they went in. SQLite's text stops at NUL and knows no unpaired
 * surrogates: such strings become blobs of UTF-16, all others stay text. Pure.
 */
final class SqliteText {
  private SqliteText() {}

  /** The value to bind: a String or a byte array; equal strings give equal values. */
  static Object of(String text) {
    return isPlain(text) ? text : utf16(text);
  }

  static void bind(PreparedStatement statement, int index, @Nullable String text)
      throws SQLException {
    statement.setObject(index, text == null ? null : of(text));
  }

  static String read(ResultSet row, int index) throws SQLException {
    String text = readNullable(row, index);
    if (text == null) {
      throw new SQLException("no text in column " + index);
    }
    return text;
  }

  static @Nullable String readNullable(ResultSet row, int index) throws SQLException {
    Object value = row.getObject(index);
    return value instanceof byte[] bytes ? fromUtf16(bytes) : (String) value;
  }

  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!isPairAt(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  static byte[] utf16(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >>> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  static String fromUtf16(byte[] bytes) {
    char[] chars = new char[bytes.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ((bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff));
    }
    return new String(chars);
  }

  static byte[] utf8(String plain) {
    return plain.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isPairAt(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }
}
