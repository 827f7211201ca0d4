package dev.engram.agent.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line a stack trace begins with: {@code type: message}.
 *
 * @param line which one of the lines
 * @param text from the type on
 */
record Headline(int line, String text) {
  /**
   * The headline among the lines above the first frame: the first that begins with a type, else the
   * first that names an exception, as a log has it behind its own words. Null when there is none.
   */
  static @Nullable Headline find(List<String> above) {
    for (int i = 0; i < above.size(); i++) {
      if (isAt(above.get(i))) {
        return new Headline(i, above.get(i).strip());
      }
    }
    for (int i = 0; i < above.size(); i++) {
      int at = exceptionIn(above.get(i));
      if (at >= 0) {
        return new Headline(i, above.get(i).substring(at).strip());
      }
    }
    return null;
  }

  /** The last of these lines that says anything; null when none does. */
  static @Nullable Headline last(List<String> above) {
    for (int i = above.size() - 1; i >= 0; i--) {
      if (!above.get(i).isBlank()) {
        return new Headline(i, above.get(i).strip());
      }
    }
    return null;
  }

  static boolean isAt(String line) {
    return typeEnd(line.strip()) > 0;
  }

  /**
   * Where the class name ends that this text begins with, at its end or a colon; -1 where it begins
   * with none.
   */
  static int typeEnd(String text) {
    int end = nameEnd(text, 0);
    boolean ends = end == text.length() || text.charAt(end) == ':' || text.charAt(end) == '\n';
    return ends && isType(text.substring(0, end)) ? end : -1;
  }

  /** Where in a line of a log an exception begins; -1 where it has none. */
  private static int exceptionIn(String line) {
    int i = 0;
    while (i < line.length()) {
      int end = nameEnd(line, i);
      boolean ends = end == line.length() || line.charAt(end) == ':';
      String name = line.substring(i, end);
      if (ends && name.indexOf('.') > 0 && isThrowableName(name)) {
        return i;
      }
      i = end + 1;
    }
    return -1;
  }

  private static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Character.isJavaIdentifierPart(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    return end;
  }

  /** With a package and a capital letter, or by its ending. */
  private static boolean isType(String name) {
    int dot = name.lastIndexOf('.');
    if (name.isEmpty() || dot == 0 || dot == name.length() - 1) {
      return false;
    }
    boolean starts = Character.isJavaIdentifierStart(name.charAt(0));
    return starts
        && (isThrowableName(name) || dot > 0 && Character.isUpperCase(name.charAt(dot + 1)));
  }

  private static boolean isThrowableName(String name) {
    return name.endsWith("Exception") || name.endsWith("Error") || name.endsWith("Throwable");
  }
}
