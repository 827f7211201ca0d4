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

  /**
   * At most so many characters of the text, of which far fewer are kept: of a last word that is
   * longer than any secret, so much goes as one has.
   */
  static String beginning(String text, int characters) {
    String begun = text.substring(0, Math.min(characters, text.length()));
    return begun.substring(0, endOfWords(begun));
  }

  /** All of a text that ends with a word longer than any secret. */
  static String withoutLastWord(String text) {
    int end = endOfWords(text);
    return end > firstOfLast(text) || end == 0 ? text.substring(0, end) : text;
  }

  private static int endOfWords(String text) {
    int first = firstOfLast(text);
    int end = text.length();
    while (end > first && !isBetweenWords(text, end - 1)) {
      end--;
    }
    return end;
  }

  private static int firstOfLast(String text) {
    return Math.max(0, text.length() - LONGEST_WORD);
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
