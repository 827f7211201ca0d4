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
