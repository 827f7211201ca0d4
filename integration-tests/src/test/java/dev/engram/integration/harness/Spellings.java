package dev.engram.integration.harness;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which a word of ASCII may be written, so that none of them hides it. Stateless. */
final class Spellings {
  private static final Pattern ESCAPED =
      Pattern.compile("\\\\+u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})");

  /** Characters that tell which way a word came. */
  private static final int BEFORE = 200;

  private static final int AFTER = 40;

  private Spellings() {}

  /** Whether these bytes hold the word, however it is written. */
  static boolean anyIn(byte[] bytes, String word) {
    return !around(bytes, word).isEmpty();
  }

  /** What stands around the word wherever these bytes hold it, however it is written. */
  static List<String> around(byte[] bytes, String word) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    for (String spelling : of(word)) {
      addAround(text, spelling, found);
    }
    addAround(plain(text), word, found);
    return found;
  }

  private static void addAround(String text, String spelling, List<String> found) {
    for (int at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at + 1)) {
      int end = Math.min(text.length(), at + spelling.length() + AFTER);
      String excerpt = text.substring(Math.max(0, at - BEFORE), end);
      found.add(excerpt.replaceAll("[^ -~]", "."));
    }
  }

  /** Each as the bytes it is, one a character. */
  private static List<String> of(String word) {
    List<String> spellings = new ArrayList<>();
    spellings.add(word);
    spellings.add(wide(word, StandardCharsets.UTF_16LE));
    spellings.add(wide(word, StandardCharsets.UTF_16BE));
    spellings.add(HexFormat.of().formatHex(word.getBytes(StandardCharsets.US_ASCII)));
    for (int before = 0; before < 3; before++) {
      spellings.add(base64(word, before));
    }
    return spellings;
  }

  private static String wide(String word, Charset charset) {
    return new String(word.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  /** What any Base64 holds in which this word has so many bytes before it, modulo three. */
  private static String base64(String word, int before) {
    byte[] bytes = ("\0".repeat(before) + word).getBytes(StandardCharsets.US_ASCII);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    int first = before == 0 ? 0 : before + 1;
    return whole.substring(first, whole.length() - (bytes.length % 3 == 0 ? 0 : 1));
  }

  /** Without what JSON and URLs escape. */
  private static String plain(String text) {
    return ESCAPED.matcher(text).replaceAll(Spellings::character);
  }

  private static String character(MatchResult escaped) {
    String digits = escaped.group(1) == null ? escaped.group(2) : escaped.group(1);
    return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(digits, 16)));
  }
}
