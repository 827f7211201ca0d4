package dev.engram.collector.store.postgresql;

import org.jspecify.annotations.Nullable;

/**
 * Text as PostgreSQL can keep it: NUL and unpaired surrogates stand as U+0001 and four hex digits,
 * and so does U+0001 itself. Pure.
 */
final class PostgresText {
  private static final char ESCAPE = '\u0001';
  private static final int DIGITS = 4;
  private static final int HEX = 16;

  private PostgresText() {}

  static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  static String of(String text) {
    StringBuilder kept = null;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (mustBeEscaped(text, i)) {
        kept = kept == null ? new StringBuilder(text.substring(0, i)) : kept;
        append(kept.append(ESCAPE), unit);
      } else if (kept != null) {
        kept.append(unit);
      }
    }
    return kept == null ? text : kept.toString();
  }

  private static void append(StringBuilder kept, char unit) {
    for (int shift = (DIGITS - 1) * Integer.BYTES; shift >= 0; shift -= Integer.BYTES) {
      kept.append(Character.forDigit(unit >> shift & (HEX - 1), HEX));
    }
  }

  static @Nullable String readNullable(@Nullable String kept) {
    return kept == null ? null : read(kept);
  }

  static String read(String kept) {
    int at = kept.indexOf(ESCAPE);
    if (at < 0) {
      return kept;
    }
    StringBuilder text = new StringBuilder(kept.length());
    int from = 0;
    while (at >= 0) {
      int end = at + 1 + DIGITS;
      text.append(kept, from, at);
      text.append((char) Integer.parseInt(kept, at + 1, end, HEX));
      from = end;
      at = kept.indexOf(ESCAPE, from);
    }
    return text.append(kept, from, kept.length()).toString();
  }

  private static boolean mustBeEscaped(String text, int index) {
    char unit = text.charAt(index);
    if (unit == 0 || unit == ESCAPE) {
      return true;
    }
    if (Character.isHighSurrogate(unit)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(unit)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }
}
