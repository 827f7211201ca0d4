package dev.engram.cli.render;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes captured text harmless for a terminal: whatever could move the cursor shows as an escape.
 */
public final class SafeText {
  private SafeText() {}

  /** On one line; null is the empty text. */
  public static String of(@Nullable String text) {
    if (text == null) {
      return "";
    }
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int length = Character.charCount(point);
      if (isHarmless(point)) {
        if (safe != null) {
          safe.appendCodePoint(point);
        }
      } else {
        safe = safe == null ? new StringBuilder(text.substring(0, i)) : safe;
        escape(safe, point);
      }
      i += length;
    }
    return safe == null ? text : safe.toString();
  }

  private static boolean isHarmless(int point) {
    if (point >= ' ' && point < 0x7f) {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }

  private static void escape(StringBuilder safe, int point) {
    switch (point) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default ->
          safe.append(String.format(Locale.ROOT, point > 0xffff ? "\\u{%x}" : "\\u%04x", point));
    }
  }
}
