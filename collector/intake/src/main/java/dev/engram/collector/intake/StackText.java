package dev.engram.collector.intake;

import dev.engram.agent.record.StackFrame;
import org.jspecify.annotations.Nullable;

/** A stack frame again, out of its text. Stateless. */
final class StackText {
  private StackText() {}

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
    if (source.equals(StackFrame.NATIVE) || source.equals(StackFrame.UNKNOWN)) {
      return new StackFrame(className, method, null, source.equals(StackFrame.NATIVE) ? -2 : -1);
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
}
