package dev.engram.agent.record.redaction;

/**
 * Hides private keys in PEM. They go before all else that is hidden: they have lines and blanks,
 * and whoever hides a value up to one of those would leave a key without what shows that it is one.
 * One pass. Stateless.
 */
final class PrivateKeys {
  private static final String BEGINS = "-----BEGIN ";
  private static final String ENDS = "-----END ";
  private static final String PRIVATE_KEY = "PRIVATE KEY";

  /** The longest kind of key, such as {@code ENCRYPTED } or {@code OPENSSH }. */
  private static final int LONGEST_KIND = 24;

  private PrivateKeys() {}

  /** The text with what its keys are made of hidden; without a key it stays the same object. */
  static String redact(String text) {
    RedactedText output = new RedactedText(text);
    int at = text.indexOf(BEGINS);
    while (at >= 0) {
      int next = at + BEGINS.length();
      int name = privateKey(text, next);
      if (name >= 0) {
        next = endOfKey(text, name + PRIVATE_KEY.length());
        output.hide(name + PRIVATE_KEY.length(), next);
      }
      at = text.indexOf(BEGINS, next);
    }
    return output.toString();
  }

  private static int privateKey(String text, int from) {
    int name = from;
    while (name < from + LONGEST_KIND && !text.startsWith(PRIVATE_KEY, name)) {
      name++;
    }
    return name == from + LONGEST_KIND ? -1 : name;
  }

  private static int endOfKey(String text, int from) {
    int end = text.indexOf(ENDS, from);
    return end < 0 ? text.length() : end;
  }
}
