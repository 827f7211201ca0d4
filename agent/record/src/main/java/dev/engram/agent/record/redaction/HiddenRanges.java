package dev.engram.agent.record.redaction;

import java.util.Arrays;

/**
 * Parts of a text that are hidden. Most are found in order, but one may be found late, and may hold
 * others. Confined to one thread.
 */
final class HiddenRanges {
  private static final int FEW = 4;
  private static final long[] NONE = {};

  /** Each its beginning and, in the lower half, its end. */
  private long[] ranges = NONE;

  private int count;
  private boolean inOrder = true;

  void add(int from, int end) {
    if (count == ranges.length) {
      ranges = Arrays.copyOf(ranges, Math.max(FEW, 2 * count));
    }
    long range = (long) from << Integer.SIZE | end;
    inOrder &= count == 0 || ranges[count - 1] <= range;
    ranges[count++] = range;
  }

  /** Those of another, which has none any more. */
  void take(HiddenRanges other) {
    for (int i = 0; i < other.count; i++) {
      add((int) (other.ranges[i] >>> Integer.SIZE), (int) other.ranges[i]);
    }
    other.clear();
  }

  void clear() {
    count = 0;
    inOrder = true;
  }

  /** The text with this in place of each; the same object when nothing is hidden. */
  String in(String text, String shown) {
    if (count == 0) {
      return text;
    }
    if (!inOrder) {
      Arrays.sort(ranges, 0, count);
    }
    StringBuilder kept = new StringBuilder(text.length());
    int copied = 0;
    for (int i = 0; i < count; i++) {
      int from = (int) (ranges[i] >>> Integer.SIZE);
      boolean again = i > 0 && ranges[i] == ranges[i - 1];
      if (from >= copied && !again) {
        kept.append(text, copied, from).append(shown);
      }
      copied = Math.max(copied, (int) ranges[i]);
    }
    return kept.append(text, copied, text.length()).toString();
  }
}
