package dev.engram.agent.record.redaction;

import java.util.Arrays;

/** Which characters credentials are made of; a look-up in a table, for ASCII alone. */
final class Alphabet {
  private static final byte DIGIT = 1;
  private static final byte UPPER = 2;
  private static final byte LOWER = 4;

  /** What Base64 in its two spellings, and names, have beside letters and digits. */
  private static final byte BASE64_SIGN = 8;

  private static final byte NAME_SIGN = 16;
  private static final byte[] KINDS = kinds();

  /** Of Base64 in its first spelling: in their order. */
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final byte[] BASE64_VALUES = base64Values();

  private Alphabet() {}

  private static byte[] base64Values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < BASE64.length(); value++) {
      values[BASE64.charAt(value)] = (byte) value;
    }
    return values;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char c = '0'; c <= '9'; c++) {
      kinds[c] = DIGIT;
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      kinds[c] = UPPER;
      kinds[c - 'A' + 'a'] = LOWER;
    }
    kinds['+'] = kinds['/'] = BASE64_SIGN;
    kinds['-'] = kinds['_'] = BASE64_SIGN | NAME_SIGN;
    kinds['.'] = NAME_SIGN;
    return kinds;
  }

  static boolean isDigit(char c) {
    return is(c, DIGIT);
  }

  static boolean isUpper(char c) {
    return is(c, UPPER);
  }

  static boolean isLower(char c) {
    return is(c, LOWER);
  }

  static boolean isLetter(char c) {
    return is(c, UPPER | LOWER);
  }

  /** A letter or a digit: where one follows another, no credential begins. */
  static boolean isWord(char c) {
    return is(c, DIGIT | UPPER | LOWER);
  }

  static boolean isBase64(char c) {
    return is(c, DIGIT | UPPER | LOWER | BASE64_SIGN);
  }

  /** The six bits that it stands for in Base64; -1 for none. */
  static int base64(char c) {
    return c < 128 ? BASE64_VALUES[c] : -1;
  }

  /** What the name of a parameter, a header or a setting is made of. */
  static boolean isName(char c) {
    return is(c, DIGIT | UPPER | LOWER | NAME_SIGN);
  }

  private static boolean is(char c, int kinds) {
    return c < 128 && (KINDS[c] & kinds) != 0;
  }
}
