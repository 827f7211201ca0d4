package dev.engram.agent.record;

import org.agrona.MutableDirectBuffer;

/**
 * UTF-8 without allocation: lone surrogates become U+FFFD, and text is cut on a character boundary.
 * Stateless.
 */
public final class Utf8 {
  private static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /** Bytes that {@link #write} needs for the whole text. */
  public static long length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (isPair(text, i)) {
        length += 4;
        i++;
      } else {
        length += 3;
      }
    }
    return length;
  }

  /** Writes as many whole characters as {@code limit} bytes take; returns the bytes written. */
  public static int write(MutableDirectBuffer buffer, int index, String text, int limit) {
    int most = Math.min(text.length(), limit);
    int ascii = most == 0 ? 0 : writeAscii(buffer, index, text, most);
    return ascii == most
        ? ascii
        : ascii + writeFrom(buffer, index + ascii, text, ascii, limit - ascii);
  }

  /**
   * Writes what comes before the first character that is not ASCII, in one pass over a plain array:
   * a check of the buffer's bounds for each byte would cost more than the copy. Returns its length;
   * 0 where the buffer has no array.
   */
  private static int writeAscii(MutableDirectBuffer buffer, int index, String text, int most) {
    // Makes room for all of it, or throws.
    buffer.putByte(index + most - 1, (byte) 0);
    byte[] array = buffer.byteArray();
    int ascii = 0;
    if (array != null) {
      int at = buffer.wrapAdjustment() + index;
      char c;
      while (ascii < most && (c = text.charAt(ascii)) < 0x80) {
        array[at + ascii++] = (byte) c;
      }
    }
    return ascii;
  }

  private static int writeFrom(
      MutableDirectBuffer buffer, int index, String text, int from, int limit) {
    int written = 0;
    for (int i = from; i < text.length(); i++) {
      int codePoint = codePointAt(text, i);
      int width = width(codePoint);
      if (written + width > limit) {
        break;
      }
      put(buffer, index + written, codePoint, width);
      written += width;
      if (width == 4) {
        i++;
      }
    }
    return written;
  }

  private static int codePointAt(String text, int i) {
    char c = text.charAt(i);
    if (!Character.isSurrogate(c)) {
      return c;
    }
    return isPair(text, i) ? Character.toCodePoint(c, text.charAt(i + 1)) : REPLACEMENT;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static int width(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  private static void put(MutableDirectBuffer buffer, int index, int codePoint, int width) {
    if (width == 1) {
      buffer.putByte(index, (byte) codePoint);
      return;
    }
    int lead = width == 2 ? 0xC0 : width == 3 ? 0xE0 : 0xF0;
    buffer.putByte(index, (byte) (lead | codePoint >> 6 * (width - 1)));
    for (int i = 1; i < width; i++) {
      buffer.putByte(index + i, (byte) (0x80 | codePoint >> 6 * (width - 1 - i) & 0x3F));
    }
  }
}
