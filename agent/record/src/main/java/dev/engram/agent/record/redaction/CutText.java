package dev.engram.agent.record.redaction;

/**
 * The beginning of a text whose end nobody saw. A secret that was cut may have lost what shows that
 * it is one, such as its length or the host behind a password, so the last word goes with the rest.
 * Stateless.
 */
final class CutText {
  /** In characters; a secret that is longer shows by how it begins. */
  private static final int LONGEST_WORD = 256;

  private CutText() {}

  /** At most so many characters of the text. */
  static String beginning(String text, int characters) {
    return withoutLastWord(text.substring(0, Math.min(characters, text.length())));
  }

  static String withoutLastWord(String text) {
    int first = Math.max(0, text.length() - LONGEST_WORD);
    int end = text.length();
    while (end > first && !isBetweenWords(text, end - 1)) {
      end--;
    }
    return end > first || first == 0 ? text.substring(0, end) : text;
  }

  /** The groups of a card's number are one word. */
  private static boolean isBetweenWords(String text, int at) {
    char c = text.charAt(at);
    boolean inNumber =
        c == ' '
            && at > 0
            && Alphabet.isDigit(text.charAt(at - 1))
            && (at + 1 == text.length() || Alphabet.isDigit(text.charAt(at + 1)));
    return !inNumber && (Character.isWhitespace(c) || ",;\"'<>{}[]()".indexOf(c) >= 0);
  }
}
