package dev.engram.agent.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A throwable while its text is read. Confined to one thread. */
final class ThrowableDraft {
  /** What a text has beyond is not kept, so that building it cannot overflow the stack. */
  private static final int MAX_THROWABLES = 256;

  /** As many as a JVM fills in. */
  private static final int MAX_FRAMES = 1024;

  private static final String CIRCULAR = "[CIRCULAR REFERENCE";

  /** How many throwables the whole text has so far; one counter for all. */
  private final int[] throwables;

  private final int indent;
  private final StringBuilder headline;
  private final List<StackFrame> frames = new ArrayList<>();
  private final List<ThrowableDraft> suppressed = new ArrayList<>();

  /** The one this is the cause of, or is suppressed by. */
  private final @Nullable ThrowableDraft enclosing;

  private @Nullable ThrowableDraft cause;
  private int omitted;

  private ThrowableDraft(
      int[] throwables, int indent, String headline, @Nullable ThrowableDraft enclosing) {
    this.throwables = throwables;
    this.indent = indent;
    this.headline = new StringBuilder(headline);
    this.enclosing = enclosing;
    throwables[0]++;
  }

  static ThrowableDraft outermost(String headline) {
    return new ThrowableDraft(new int[1], 0, headline, null);
  }

  /** The cause of the throwable whose block is indented so, which this one is in. */
  ThrowableDraft causedBy(int indent, String headline) {
    ThrowableDraft holder = this;
    while (holder.indent > indent && holder.enclosing != null) {
      holder = holder.enclosing;
    }
    ThrowableDraft next = new ThrowableDraft(throwables, indent, headline, holder);
    if (isKept(headline) && holder.cause == null) {
      holder.cause = next;
    }
    return next;
  }

  /** A throwable that is suppressed by the one whose block is indented less. */
  ThrowableDraft suppressing(int indent, String headline) {
    ThrowableDraft holder = this;
    while (holder.indent >= indent && holder.enclosing != null) {
      holder = holder.enclosing;
    }
    ThrowableDraft next = new ThrowableDraft(throwables, indent, headline, holder);
    if (isKept(headline)) {
      holder.suppressed.add(next);
    }
    return next;
  }

  private boolean isKept(String headline) {
    return throwables[0] <= MAX_THROWABLES && !headline.startsWith(CIRCULAR);
  }

  void add(StackFrame frame) {
    if (frames.size() < MAX_FRAMES) {
      frames.add(frame);
    } else {
      omitted++;
    }
  }

  /** The outermost frames are those of the enclosing throwable. */
  void addCommon(int count) {
    List<StackFrame> all = enclosing == null ? List.of() : enclosing.frames;
    if (count > all.size()) {
      omitted += count;
    } else {
      all.subList(all.size() - count, all.size()).forEach(this::add);
    }
  }

  /** A further line of its message. */
  void goOn(String line) {
    headline.append('\n').append(line);
  }

  ThrowableShape shape() {
    String text = headline.toString();
    int end = Headline.typeEnd(text);
    int separator = end > 0 ? end : text.indexOf(": ");
    boolean bare = separator < 0 || separator == text.length();
    return new ThrowableShape(
        bare ? text : text.substring(0, separator),
        bare ? null : text.substring(separator + (text.startsWith(": ", separator) ? 2 : 1)),
        0,
        List.copyOf(frames),
        omitted,
        cause == null ? null : cause.shape(),
        suppressed.stream().map(ThrowableDraft::shape).toList());
  }
}
