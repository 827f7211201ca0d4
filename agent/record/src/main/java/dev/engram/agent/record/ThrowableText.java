package dev.engram.agent.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A throwable again, out of its text as {@code printStackTrace} gives it, or a log that holds it:
 * with causes, suppressed ones and the frames that "... n more" stands for. Takes any text, never
 * throws, and reads a bounded part of it. Confined to one thread while it reads; stateless.
 */
public final class ThrowableText {
  /** What comes later is not read. */
  private static final int MAX_CHARS = 1 << 20;

  private static final String CAUSED_BY = "Caused by: ";
  private static final String SUPPRESSED = "Suppressed: ";

  private final List<String> lines;

  /** The throwable that lines belong to. */
  private ThrowableDraft current;

  /** Whether lines go on with its message: no frame has come yet. */
  private boolean inMessage;

  private ThrowableText(List<String> lines, String headline) {
    this.lines = lines;
    this.current = ThrowableDraft.outermost(headline);
    this.inMessage = !headline.isEmpty();
  }

  /**
   * The first throwable in this text; null when there is none. Frames without a headline are one
   * without a type. Stacks have no hash.
   */
  public static @Nullable ThrowableShape parse(String text) {
    String bounded = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
    List<String> lines = bounded.lines().toList();
    int firstFrame = firstFrame(lines);
    Headline headline = Headline.find(lines.subList(0, firstFrame));
    if (headline == null && firstFrame < lines.size()) {
      Headline odd = Headline.last(lines.subList(0, firstFrame));
      headline = odd == null ? new Headline(firstFrame - 1, "") : odd;
    }
    return headline == null
        ? null
        : new ThrowableText(lines, headline.text()).read(headline.line() + 1);
  }

  private static int firstFrame(List<String> lines) {
    int i = 0;
    while (i < lines.size() && FrameLine.parse(lines.get(i)) == null) {
      i++;
    }
    return i;
  }

  private ThrowableShape read(int from) {
    ThrowableDraft outermost = current;
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!take(line) && !inMessage && Headline.isAt(line)) {
        break; // the next trace
      }
    }
    return outermost.shape();
  }

  /** Takes the line as what it is; false when it is no part of a trace. */
  private boolean take(String line) {
    String words = line.strip();
    int indent = line.length() - line.stripLeading().length();
    StackFrame frame = FrameLine.parse(line);
    if (frame != null) {
      inMessage = false;
      current.add(frame);
    } else if (words.startsWith(CAUSED_BY)) {
      begin(current.causedBy(indent, words.substring(CAUSED_BY.length())));
    } else if (words.startsWith(SUPPRESSED)) {
      begin(current.suppressing(indent, words.substring(SUPPRESSED.length())));
    } else if (words.startsWith("[CIRCULAR REFERENCE")) {
      inMessage = false;
    } else if (FrameLine.omitted(words) > 0) {
      inMessage = false;
      current.addCommon(FrameLine.omitted(words));
    } else if (inMessage) {
      current.goOn(line);
    } else {
      return false;
    }
    return true;
  }

  private void begin(ThrowableDraft next) {
    current = next;
    inMessage = true;
  }
}
