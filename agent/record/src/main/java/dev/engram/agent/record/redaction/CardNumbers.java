package dev.engram.agent.record.redaction;

/**
 * Numbers of payment cards: 13 to 19 digits, in one piece or in groups, that begin as an issuer's
 * do and pass the check of ISO/IEC 7812-1 (Luhn's).
 */
final class CardNumbers {
  static final int SHORTEST = 13;
  private static final int LONGEST = 19;

  /** Each group has at least as many digits, but for the last. */
  private static final int GROUP = 4;

  private CardNumbers() {}

  /** Where the longest card number ends that begins here, or -1. */
  static int end(String text, int at) {
    if ("23456".indexOf(text.charAt(at)) < 0 || (at > 0 && text.charAt(at - 1) == '.')) {
      return -1;
    }
    char separator = 0;
    int digits = 0;
    int group = 0;
    int found = -1;
    int end = at;
    while (end < text.length() && digits <= LONGEST) {
      char c = text.charAt(end);
      if (Alphabet.isDigit(c)) {
        digits++;
        group++;
      } else if (group >= GROUP && isSeparator(text, end, separator)) {
        // What follows may be another number, such as the month in which the card expires.
        found = isCard(text, at, end, digits) ? end : found;
        separator = c;
        group = 0;
      } else {
        break;
      }
      end++;
    }
    boolean whole = end == text.length() || !Alphabet.isWord(text.charAt(end));
    return whole && isCard(text, at, end, digits) ? end : found;
  }

  private static boolean isCard(String text, int at, int end, int digits) {
    return digits >= SHORTEST && digits <= LONGEST && isIssued(text, at, end);
  }

  /** The same one each time, with a digit behind it. */
  private static boolean isSeparator(String text, int at, char before) {
    char c = text.charAt(at);
    return (c == ' ' || c == '-' || c == '+')
        && (before == 0 || before == c)
        && at + 1 < text.length()
        && Alphabet.isDigit(text.charAt(at + 1));
  }

  private static boolean isIssued(String text, int at, int end) {
    int first = 0;
    int sum = 0;
    int digits = 0;
    for (int i = end - 1; i >= at; i--) {
      char c = text.charAt(i);
      if (Alphabet.isDigit(c)) {
        int digit = c - '0';
        sum += digits % 2 == 0 ? digit : 2 * digit - (digit > 4 ? 9 : 0);
        digits++;
      }
    }
    for (int i = at; i < at + GROUP; i++) {
      first = 10 * first + (text.charAt(i) - '0');
    }
    // Of those that begin with 2, only Mastercard's; most others are points in time.
    return sum % 10 == 0 && (first >= 3000 || (first >= 2221 && first <= 2720));
  }
}
