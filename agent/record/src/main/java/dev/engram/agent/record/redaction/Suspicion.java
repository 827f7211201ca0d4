package dev.engram.agent.record.redaction;

/**
 * Whether a text may hold a secret that {@link SecretValues} would find. Most short texts (paths,
 * names, user agents) may not, and every request has several: so this looks at each character once,
 * and no further.
 */
final class Suspicion {
  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;

  /** Is part of a word of a credential, and of no key of AWS. */
  private static final byte JOINT = 3;

  /** Is part of a key of AWS, and of no word. */
  private static final byte SLASH = 4;

  private static final byte BLANK = 5;

  /** Stands before a value, or before what a text has escaped. */
  private static final byte SIGN = 6;

  /** A letter too; the schemes of credentials begin with it. */
  private static final byte B = 7;

  private static final byte[] KINDS = kinds();

  private Suspicion() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char c = 0; c < kinds.length; c++) {
      kinds[c] = Alphabet.isDigit(c) ? DIGIT : Alphabet.isLetter(c) ? LETTER : 0;
    }
    kinds['b'] = kinds['B'] = B;
    kinds['-'] = kinds['_'] = JOINT;
    kinds['/'] = kinds['+'] = SLASH;
    kinds[' '] = BLANK;
    kinds[':'] = kinds['='] = kinds['%'] = kinds['\\'] = kinds['&'] = kinds['<'] = SIGN;
    // UTF-16 that was taken for ASCII.
    kinds[0] = SIGN;
    return kinds;
  }

  static boolean any(String text, int from, int end) {
    int word = 0;
    int run = 0;
    int digits = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      switch (c < 128 ? KINDS[c] : 0) {
        case LETTER -> {
          word++;
          run++;
          digits = 0;
        }
        case B -> {
          if (announces(text, i)) {
            return true;
          }
          word++;
          run++;
          digits = 0;
        }
        case DIGIT -> {
          word++;
          run++;
          digits++;
        }
        case JOINT -> {
          if (c == '-' && i > from && text.charAt(i - 1) == '-') {
            return true;
          }
          word++;
          run = 0;
        }
        case SLASH -> {
          word = 0;
          run++;
        }
        case BLANK -> {
          word = 0;
          run = 0;
        }
        case SIGN -> {
          return true;
        }
        default -> {
          word = 0;
          run = 0;
          digits = 0;
        }
      }
      if (word >= Credentials.SHORTEST
          || run >= Credentials.AWS_LENGTH
          || digits >= CardNumbers.SHORTEST) {
        return true;
      }
    }
    return false;
  }

  /** Bearer or Basic, in any case. */
  private static boolean announces(String text, int at) {
    return text.regionMatches(true, at, "bearer", 0, 6)
        || text.regionMatches(true, at, "basic", 0, 5);
  }
}
