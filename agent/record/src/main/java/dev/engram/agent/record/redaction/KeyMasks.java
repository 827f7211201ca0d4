package dev.engram.agent.record.redaction;

import dev.engram.agent.record.pattern.StarPattern;
import java.util.List;
import java.util.Locale;

/**
 * Masks of names: {@code *} stands for any part, case does not matter. A name matches as a whole or
 * by the last part of its path, so that {@code cookie} covers {@code http.request.header.cookie}.
 * Immutable.
 */
final class KeyMasks {
  /** Hold unless a name is allowed. */
  static final List<String> BUILT_IN =
      List.of(
          "*authorization",
          "cookie",
          "set-cookie",
          "*password*",
          "passwd",
          "pwd",
          "*secret*",
          "*token*",
          "*api*key*",
          "*session*",
          "*credential*",
          "*access*key*",
          "*account*key",
          "*private*key*",
          "*passphrase*",
          // What is signed may be fetched by whoever has the whole URL.
          "sig",
          "*signature",
          "*functions-key",
          "cvv",
          "cvc");

  /** Tells a small letter from a capital. */
  private static final int LOWER = 0x20;

  private static final int LAST_OF_ASCII = 0x7f;

  private final List<StarPattern> masks;

  /** Of each mask, those that a name which fits has too. */
  private final int[] letters;

  KeyMasks(List<String> masks) {
    List<String> lower = masks.stream().map(mask -> mask.strip().toLowerCase(Locale.ROOT)).toList();
    this.masks = lower.stream().map(StarPattern::new).toList();
    letters = lower.stream().mapToInt(mask -> lettersOf(mask, 0, mask.length())).toArray();
  }

  boolean matches(String name) {
    if (!mayMatch(name, 0, name.length())) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String last = NamePath.last(lower);
    // A mask may have brackets too.
    String dotted = lower.substring(lower.lastIndexOf('.') + 1);
    for (StarPattern mask : masks) {
      if (mask.fits(lower) || mask.fits(last) || mask.fits(dotted)) {
        return true;
      }
    }
    return false;
  }

  /** False where each mask has a letter that this part of a text lacks, as most do. */
  boolean mayMatch(String text, int from, int end) {
    int there = lettersOf(text, from, end);
    for (int needed : letters) {
      if ((needed & ~there) == 0) {
        return true;
      }
    }
    return false;
  }

  /** A bit for each letter from a to z; all where one may be escaped, or become one of those. */
  private static int lettersOf(String text, int from, int end) {
    int letters = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\' || c == '%' || c == '&' || c > LAST_OF_ASCII) {
        return -1;
      }
      letters |= Alphabet.isLetter(c) ? 1 << ((c | LOWER) - 'a') : 0;
    }
    return letters;
  }
}
