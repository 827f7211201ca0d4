package dev.engram.agent.record.redaction;

/**
 * Names with a path before them, as flattened objects have: {@code filter[0].name}, {@code
 * filter[0][name]}. Stateless.
 */
final class NamePath {
  private NamePath() {}

  /** What the path leads to; a name without a path stays the same object. */
  static String last(String name) {
    int bracket = name.endsWith("]") ? name.lastIndexOf('[') : -1;
    return bracket < 0
        ? name.substring(name.lastIndexOf('.') + 1)
        : name.substring(bracket + 1, name.length() - 1);
  }

  /** What leads to it, with the sign behind it; empty for none. */
  static String path(String name) {
    String last = last(name);
    return last.length() == name.length() ? "" : name.substring(0, name.lastIndexOf(last));
  }
}
