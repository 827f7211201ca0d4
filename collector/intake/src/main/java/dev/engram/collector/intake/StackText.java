package dev.engram.collector.intake;

import dev.engram.agent.record.StackFrame;
import org.jspecify.annotations.Nullable;

/** A stack frame as {@code printStackTrace} shows it after "at ", and back. Stateless. */
final class StackText {
  private static final String NATIVE = "Native Method";
  private static final String UNKNOWN = "Unknown Source";

  private StackText() {}

  static String of(StackFrame frame) {
    return frame.className() + "." + frame.methodName() + "(" + source(frame) + ")";
  }

  /** The frame of this text; of text that is none, a frame with the text as its class. */
  static StackFrame parse(String text) {
    int open = text.lastIndexOf('(');
    int dot = open < 0 ? -1 : text.lastIndexOf('.', open);
    if (dot < 0) {
      return new StackFrame(text, "", null, -1);
    }
    String source = text.substring(open + 1, Math.max(open + 1, text.length() - 1));
    return frame(text.substring(0, dot), text.substring(dot + 1, open), source);
  }

  private static StackFrame frame(String className, String method, String source) {
    if (source.equals(NATIVE) || source.equals(UNKNOWN)) {
      return new StackFrame(className, method, null, source.equals(NATIVE) ? -2 : -1);
    }
    int colon = source.lastIndexOf(':');
    int line = colon < 0 ? -1 : number(source.substring(colon + 1));
    @Nullable String file = line < 0 ? source : source.substring(0, colon);
    return new StackFrame(className, method, file, line);
  }

  private static String source(StackFrame frame) {
    if (frame.lineNumber() == -2) {
      return NATIVE;
    }
    if (frame.fileName() == null) {
      return UNKNOWN;
    }
    return frame.lineNumber() < 0 ? frame.fileName() : frame.fileName() + ":" + frame.lineNumber();
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException partOfTheName) {
      return -1;
    }
  }
}
