package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a stack trace.
 *
 * @param lineNumber -1 when unknown, -2 in a native method
 */
public record StackFrame(
    String className, String methodName, @Nullable String fileName, int lineNumber) {
  /** What stands in place of the file. */
  public static final String NATIVE = "Native Method";

  /** The same. */
  public static final String UNKNOWN = "Unknown Source";

  /** As {@code printStackTrace} shows it after "at ": {@code class.method(File:line)}. */
  public String text() {
    return className + "." + methodName + "(" + source() + ")";
  }

  /**
   * The frame of such a text; of text that is none, a frame with the text as its class. No module
   * may stand before the class.
   */
  public static StackFrame parse(String text) {
    int open = text.lastIndexOf('(');
    int dot = open < 0 ? -1 : text.lastIndexOf('.', open);
    if (dot < 0) {
      return new StackFrame(text, "", null, -1);
    }
    String source = text.substring(open + 1, Math.max(open + 1, text.length() - 1));
    return parse(text.substring(0, dot), text.substring(dot + 1, open), source);
  }

  private static StackFrame parse(String className, String method, String source) {
    if (source.equals(NATIVE) || source.equals(UNKNOWN)) {
      return new StackFrame(className, method, null, source.equals(NATIVE) ? -2 : -1);
    }
    int colon = source.lastIndexOf(':');
    int line = colon < 0 ? -1 : number(source.substring(colon + 1));
    @Nullable String file = line < 0 ? source : source.substring(0, colon);
    return new StackFrame(className, method, file, line);
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException partOfTheName) {
      return -1;
    }
  }

  private String source() {
    if (lineNumber == -2) {
      return NATIVE;
    }
    if (fileName == null) {
      return UNKNOWN;
    }
    return lineNumber < 0 ? fileName : fileName + ":" + lineNumber;
  }
}
