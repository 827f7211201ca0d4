package dev.engram.agent.record.redaction;

import java.util.List;
import java.util.Map;

/** Tokens and keys that their issuer has given a form that tells them from other words. */
final class Credentials {
  /**
   * What the words of an issuer begin with, and how many characters follow at least. A prefix
   * stands under its first character.
   */
  private static final Map<Character, List<Prefix>> PREFIXES =
      Map.of(
          'A',
          List.of(new Prefix("AKIA", 16), new Prefix("ASIA", 16), new Prefix("AIza", 30)),
          'e',
          List.of(new Prefix("eyJ", 12)),
          'g',
          List.of(
              new Prefix("ghp_", 20),
              new Prefix("gho_", 20),
              new Prefix("ghu_", 20),
              new Prefix("ghs_", 20),
              new Prefix("ghr_", 20),
              new Prefix("github_pat_", 20),
              new Prefix("glpat-", 16)),
          'h',
          List.of(new Prefix("hf_", 24)),
          'n',
          List.of(new Prefix("npm_", 24)),
          'r',
          List.of(new Prefix("rk_live_", 12), new Prefix("rk_test_", 12)),
          's',
          List.of(new Prefix("sk-", 16), new Prefix("sk_live_", 12), new Prefix("sk_test_", 12)),
          'x',
          List.of(
              new Prefix("xoxa-", 10),
              new Prefix("xoxb-", 10),
              new Prefix("xoxp-", 10),
              new Prefix("xoxr-", 10),
              new Prefix("xoxs-", 10)));

  /** Characters of any word that has such a prefix. */
  static final int SHORTEST = 13;

  /** Of a secret key of AWS, which has no prefix. */
  static final int AWS_LENGTH = 40;

  /**
   * How often such a key changes between small letters, capitals and digits at least; one at random
   * does 25 times, words written together and paths far less.
   */
  private static final int AWS_CHANGES = 16;

  /** How far is looked to tell credentials from prose; whole groups of Base64. */
  private static final int LONGEST_LOOK = 512;

  private static final int BASE64_GROUP = 4;

  /** A word behind "Bearer" that has letters alone is prose unless it is longer. */
  private static final int LONGEST_PROSE = 20;

  private record Prefix(String text, int follow) {}

  private Credentials() {}

  /** Where the word ends: at what is no letter, digit, hyphen or underscore. */
  static int endOfWord(String text, int from) {
    int end = from + 1;
    while (end < text.length() && isPartOfWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Where the credential ends that the word from {@code at} to {@code end} begins, or -1. */
  static int end(String text, int at, int end) {
    List<Prefix> prefixes = end - at < SHORTEST ? null : PREFIXES.get(text.charAt(at));
    if (prefixes != null) {
      for (Prefix prefix : prefixes) {
        int whole = text.startsWith(prefix.text, at) ? endOfDotted(text, end) : at;
        if (whole - at >= prefix.text.length() + prefix.follow) {
          return whole;
        }
      }
    }
    return awsSecret(text, at);
  }

  /** Where the credentials begin if this word announces some: Bearer or Basic; or -1. */
  static int afterScheme(String text, int at, int end) {
    boolean bearer = isWord(text, at, end, "bearer");
    if (!bearer && !isWord(text, at, end, "basic")) {
      return -1;
    }
    int from = afterBlanks(text, end);
    int last = from == end ? end : endOfCredentials(text, from, from + LONGEST_LOOK);
    if (last == from || last == end) {
      return -1;
    }
    return bearer ? bearer(text, from, last) : basic(text, from, last);
  }

  static int endOfCredentials(String text, int from) {
    return endOfCredentials(text, from, text.length());
  }

  private static int endOfCredentials(String text, int from, int limit) {
    int last = Math.min(text.length(), limit);
    int end = from;
    while (end < last && isPartOfCredentials(text.charAt(end))) {
      end++;
    }
    while (end > from && text.charAt(end - 1) == '.') {
      end--;
    }
    return end;
  }

  static boolean isLetters(String text, int from, int end) {
    int at = from;
    while (at < end && Alphabet.isLetter(text.charAt(at))) {
      at++;
    }
    return at == end;
  }

  private static int bearer(String text, int from, int end) {
    if (text.charAt(end - 1) == '=' && end < text.length() && text.charAt(end) == '"') {
      // A challenge: realm="..."
      return -1;
    }
    return end - from > LONGEST_PROSE || !isLetters(text, from, end) ? from : -1;
  }

  /**
   * The user's name, a colon and the password, in Base64. Not by the JDK's decoder: its exceptions
   * for words that are none would cost more than all of the text.
   */
  private static int basic(String text, int from, int end) {
    int padding = end;
    while (padding > from && text.charAt(padding - 1) == '=') {
      padding--;
    }
    int bits = 0;
    boolean colon = false;
    for (int i = from; i < padding; i++) {
      int value = Alphabet.base64(text.charAt(i));
      if (value < 0) {
        return -1;
      }
      bits = bits << 6 | value;
      int place = i - from & 3;
      colon |= place > 0 && (bits >>> 6 - 2 * place & 0xff) == ':';
    }
    return colon && isWholeBase64(padding - from, end - padding) ? from : -1;
  }

  /** Whether so many characters and equals signs are: those may be left out. */
  private static boolean isWholeBase64(int characters, int padding) {
    int last = characters % BASE64_GROUP;
    return padding == 0 ? last != 1 : last > 1 && last + padding == BASE64_GROUP;
  }

  private static int awsSecret(String text, int at) {
    // A letter or digit here belongs to an escaped character: this is where a word begins.
    if (at > 0 && "+/-_".indexOf(text.charAt(at - 1)) >= 0) {
      return -1;
    }
    int end = at;
    int changes = 0;
    int capitals = 0;
    int small = 0;
    while (end < text.length() && end - at <= AWS_LENGTH && isPartOfAws(text.charAt(end))) {
      changes += end > at && kind(text.charAt(end)) != kind(text.charAt(end - 1)) ? 1 : 0;
      capitals += Alphabet.isUpper(text.charAt(end)) ? 1 : 0;
      small += Alphabet.isLower(text.charAt(end)) ? 1 : 0;
      end++;
    }
    // With letters of one sort it is a hash in hexadecimal.
    boolean both = capitals > 0 && small > 0;
    return end - at == AWS_LENGTH && changes >= AWS_CHANGES && both ? end : -1;
  }

  private static boolean isPartOfAws(char c) {
    return Alphabet.isWord(c) || c == '/' || c == '+';
  }

  private static int kind(char c) {
    return Alphabet.isDigit(c) ? 0 : Alphabet.isUpper(c) ? 1 : Alphabet.isLower(c) ? 2 : 3;
  }

  /** Parts of one token are divided by dots. */
  private static int endOfDotted(String text, int from) {
    int end = from;
    while (end + 1 < text.length()
        && text.charAt(end) == '.'
        && Alphabet.isBase64(text.charAt(end + 1))) {
      end = endOfWord(text, end + 1);
    }
    return end;
  }

  private static boolean isWord(String text, int at, int end, String lower) {
    return end - at == lower.length() && text.regionMatches(true, at, lower, 0, lower.length());
  }

  /** Blanks, also as a URL writes them. */
  private static int afterBlanks(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (text.charAt(at) == ' ' || text.charAt(at) == '+') {
        at++;
      } else if (text.startsWith("%20", at)) {
        at += 3;
      } else {
        break;
      }
    }
    return at;
  }

  private static boolean isPartOfWord(char c) {
    return Alphabet.isWord(c) || c == '-' || c == '_';
  }

  private static boolean isPartOfCredentials(char c) {
    return Alphabet.isBase64(c) || c == '.' || c == '~' || c == '=';
  }
}
