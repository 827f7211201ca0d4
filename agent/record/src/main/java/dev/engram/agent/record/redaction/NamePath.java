package dev.engram.agent.record.redaction;

/**
 * Names with a path before them, as flattened objects have: {@code filter[0].name}, {@code
 * filter[0][name]}. Stateless.
 */
final class NamePath {
  private NamePath() {}

  /** What the path leads to; a name without a path stays the same object. */
  static String last(String name) {
    int end = beforeIndexes(name, name.length());
    int bracket = end > 0 && name.charAt(end - 1) == ']' ? name.lastIndexOf('[', end - 1) : -1;
    return bracket < 0
        ? name.substring(name.lastIndexOf('.', end - 1) + 1, end)
        : name.substring(bracket + 1, end - 1);
  }

  /** Where the indexes begin that end there: {@code []} and {@code [0]} name nothing. */
  static int beforeIndexes(String text, int end) {
    int from = end;
    int at = end - 1;
    while (at > 0 && text.charAt(at) == ']') {
      at--;
      while (at > 0 && Alphabet.isDigit(text.charAt(at))) {
        at--;
      }
      if (text.charAt(at) != '[') {
        return from;
      }
      from = at;
      at--;
    }
    return from;
  }

  /** What leads to it, with the sign behind it; empty for none. */
  static String path(String name) {
    String last = last(name);
    return last.length() == name.length() ? "" : name.substring(0, name.lastIndexOf(last));
  }
}
