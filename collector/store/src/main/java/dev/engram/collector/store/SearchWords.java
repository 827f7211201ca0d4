package dev.engram.collector.store;

import java.text.Normalizer;

/**
 * The words of a text as searching sees them: runs of letters and digits, in lower case, without
 * accents, cut after {@value #LONGEST} characters; an ideograph is a word of its own. Every store
 * searches for the same words, whatever its engine would make of the text. Pure.
 */
public final class SearchWords {
  /** Most characters of a word. */
  static final int LONGEST = 64;

  private static final int ASCII = 0x80;

  /** Takes one word after the other. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One word.
     *
     * @param start where it begins in the text, in characters
     * @param end where it ends, exclusive
     * @return whether to go on
     */
    boolean word(String word, int start, int end);
  }

  private SearchWords() {}

  public static void visit(String text, Visitor visitor) {
    int start = next(text, 0);
    boolean wanted = true;
    while (wanted && start < text.length()) {
      int end = end(text, start);
      StringBuilder word = new StringBuilder(Math.min(end - start, LONGEST));
      append(text, start, end, word);
      wanted = visitor.word(word.toString(), start, end);
      start = next(text, end);
    }
  }

  /** All words with a blank between them: nothing but letters, digits, and blanks. */
  public static String joined(String text) {
    StringBuilder words = new StringBuilder(text.length());
    int start = next(text, 0);
    while (start < text.length()) {
      int end = end(text, start);
      if (!words.isEmpty()) {
        words.append(' ');
      }
      append(text, start, end, words);
      start = next(text, end);
    }
    return words.toString();
  }

  private static int next(String text, int from) {
    int at = from;
    while (at < text.length() && !begins(text, at)) {
      at += width(text, at);
    }
    return at;
  }

  private static int end(String text, int start) {
    int at = start + width(text, start);
    if (text.charAt(start) >= ASCII && Character.isIdeographic(text.codePointAt(start))) {
      return at;
    }
    while (at < text.length() && goesOn(text, at)) {
      at += width(text, at);
    }
    return at;
  }

  /** Most text is ASCII, for which the tables of Unicode need not be asked. */
  private static boolean begins(String text, int at) {
    char c = text.charAt(at);
    return c < ASCII ? isPlain(c) : Character.isLetterOrDigit(text.codePointAt(at));
  }

  private static boolean goesOn(String text, int at) {
    char c = text.charAt(at);
    if (c < ASCII) {
      return isPlain(c);
    }
    int point = text.codePointAt(at);
    return isAccent(point) || (Character.isLetterOrDigit(point) && !Character.isIdeographic(point));
  }

  private static int width(String text, int at) {
    return text.charAt(at) < ASCII ? 1 : Character.charCount(text.codePointAt(at));
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isAccent(int point) {
    return Character.getType(point) == Character.NON_SPACING_MARK;
  }

  /** What goes beyond the longest word is not even looked at: it may be a megabyte of Base64. */
  private static void append(String text, int start, int end, StringBuilder into) {
    int cut = cut(text, start, Math.min(end, start + LONGEST));
    for (int at = start; at < cut; at++) {
      char c = text.charAt(at);
      if (c >= ASCII) {
        appendFolded(text.substring(at, cut), into);
        return;
      }
      into.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
  }

  /** By way of the upper case: a sigma at the end of a word has another lower case. */
  private static void appendFolded(String word, StringBuilder into) {
    Normalizer.normalize(word, Normalizer.Form.NFD)
        .codePoints()
        .filter(point -> !isAccent(point))
        .forEach(point -> into.appendCodePoint(folded(point)));
  }

  private static int folded(int point) {
    return Character.toLowerCase(Character.toUpperCase(point));
  }

  /** Not between the halves of a surrogate pair. */
  private static int cut(String text, int start, int end) {
    return end > start + 1 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }
}
